import { invalid, unavailable } from "../../core/problem.ts";
import type { Answer, Call, OutboundPool } from "../outbound/call.ts";
import type { Authentication } from "./rest.ts";
import { readJson } from "./rest-answers.ts";

export interface OidcAccess {
  issuerUrl: string;
  clientId: string;
  clientSecret?: string;
  refreshToken: string;
  scopes?: readonly string[];
}

interface Needs {
  openPool(origin: string): OutboundPool;
  renewed(refreshToken: string): void;
}

interface Kept {
  token: string;
  untilMs: number;
}

const mostBytes = 65_536;
const callMs = 10_000;
/** A token is replaced this long before it ends, so that none ends on its way. */
const marginMs = 60_000;

/** A bearer token from the cluster's identity provider, kept until shortly before it ends. */
export function createOidc(access: OidcAccess, needs: Needs): Authentication {
  let refreshToken = access.refreshToken;
  let kept: Kept | undefined;
  let fetching: Promise<Kept> | undefined;

  async function fetchToken(): Promise<Kept> {
    const said = await grant(access, refreshToken, needs);
    if (typeof said.refresh_token === "string" && said.refresh_token !== refreshToken) {
      refreshToken = said.refresh_token;
      needs.renewed(refreshToken);
    }
    if (typeof said.id_token !== "string" || !/^[\w.-]{1,16384}$/.test(said.id_token))
      throw invalid("The identity provider gave no token: is openid among the scopes?");
    return { token: said.id_token, untilMs: endOf(said.id_token) - marginMs };
  }

  /** Whoever comes while a token is being fetched waits for that one: a refresh token may be good only once. */
  async function current(): Promise<Kept> {
    if (kept && kept.untilMs > Date.now()) return kept;
    fetching ??= fetchToken().finally(() => {
      fetching = undefined;
    });
    kept = await fetching;
    return kept;
  }

  return {
    headers: async () => ({ authorization: `Bearer ${(await current()).token}` }),
    secrets: () => [refreshToken, access.clientSecret ?? "", kept?.token ?? ""],
    refused() {
      kept = undefined;
    },
  };
}

type Said = Record<string, unknown>;

/** Asks the issuer where tokens are given, and there for one. */
async function grant(access: OidcAccess, refreshToken: string, { openPool }: Needs): Promise<Said> {
  const issuer = access.issuerUrl.replace(/\/$/, "");
  const found = await ask(openPool, `${issuer}/.well-known/openid-configuration`, { method: "GET" });
  if (typeof found.issuer !== "string" || found.issuer.replace(/\/$/, "") !== issuer)
    throw invalid("The identity provider calls itself by another name than oidcIssuerUrl");
  if (typeof found.token_endpoint !== "string") throw invalid(noAnswer);
  return ask(openPool, found.token_endpoint, tokenCall(access, refreshToken, found));
}

function tokenCall(access: OidcAccess, refreshToken: string, found: Said): Omit<Call, "path"> {
  const { clientId, clientSecret, scopes } = access;
  const ways = found.token_endpoint_auth_methods_supported;
  const isInBody = !clientSecret || (Array.isArray(ways) && !ways.includes("client_secret_basic"));
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    ...(scopes?.length && { scope: scopes.join(" ") }),
    ...(isInBody && { client_id: clientId }),
    ...(isInBody && clientSecret && { client_secret: clientSecret }),
  });
  const pair = [clientId, clientSecret ?? ""].map(encodeURIComponent).join(":");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    ...(!isInBody && { authorization: `Basic ${Buffer.from(pair).toString("base64")}` }),
  };
  return { method: "POST", headers, body: form.toString() };
}

const noAnswer = "The identity provider did not answer as one";

async function ask(openPool: Needs["openPool"], text: string, call: Omit<Call, "path">): Promise<Said> {
  const url = URL.parse(text);
  if (!url || url.username || url.password) throw invalid(noAnswer);
  const pool = openPool(url.origin);
  try {
    const headers = { accept: "application/json", "user-agent": "orrery", ...call.headers };
    const path = url.pathname + url.search;
    const answer = await pool.whole({ ...call, headers, path, timeoutMs: callMs, maxBytes: mostBytes });
    return readAnswer(answer);
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string")
      throw unavailable("The identity provider cannot be reached");
    throw error;
  } finally {
    await pool.close();
  }
}

function readAnswer({ status, body }: Answer<Buffer>): Said {
  if (status === 400 || status === 401) throw invalid("The identity provider refused the credentials");
  if (status !== 200) throw invalid(noAnswer);
  return readJson(body) as Said;
}

/** When a token ends, as it says itself: it is the cluster that checks it, we only plan by it. */
function endOf(token: string): number {
  const [, payload = ""] = token.split(".");
  try {
    const { exp } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { exp?: unknown };
    if (typeof exp === "number") return exp * 1_000;
  } catch {
    // Not a token that says so; asked for anew each minute.
  }
  return Date.now() + 2 * marginMs;
}

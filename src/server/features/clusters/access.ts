import { isIP } from "node:net";
import type { AuthType, ClusterCredentials } from "../../../contract/clusters.ts";
import { invalid } from "../../../core/problem.ts";
import type { Access } from "../../cluster/authentication.ts";
import { certificatesIn, keyPair } from "../../cluster/authentication-pem.ts";
import { targetUrl } from "../../outbound/target-url.ts";
import type { Given } from "./given-credentials.ts";

/** A way into a cluster, checked as far as that goes without asking anybody. */
export interface Checked {
  access: Access;
  namespace: string;
  /** Every address that the request names, to be judged before one of them is called. */
  urls: URL[];
}

/** Turns what was given into what a connection needs. Whatever is missing or wrong is refused at its field. */
export async function accessFrom(authType: AuthType, server: string, given: Given): Promise<Checked> {
  if (authType === "kubeconfig") return accessFromKubeconfig(given);
  const { credentials, pathOf } = given;
  const insecure = credentials.insecure ?? false;
  if (!server) throw missing("/server", "server");
  const url = targetUrl(server, { path: "/server", insecure });
  const ca = credentials.caData && certificatesIn(credentials.caData, fieldOf(given, "caData"));
  const { access, urls = [] } = identityFrom(authType, given);
  return {
    access: { server, insecure, ...(ca && { ca }), ...access },
    namespace: namespaceOf(credentials.namespace ?? "", pathOf("namespace")),
    urls: [url, ...urls],
  };
}

type Identity = { access: Partial<Access>; urls?: URL[] };

function identityFrom(authType: Exclude<AuthType, "kubeconfig">, given: Given): Identity {
  if (authType === "oidc") return oidcFrom(given);
  if (authType === "certificate") {
    const cert = required(given, "clientCertData");
    const key = required(given, "clientKeyData");
    const fields = { cert: fieldOf(given, "clientCertData"), key: fieldOf(given, "clientKeyData") };
    return { access: keyPair(cert, key, fields) };
  }
  return { access: { token: tokenOf(given) } };
}

/** What goes into a header must be able to. */
function tokenOf(given: Given): string {
  const token = required(given, "token").trim();
  if (/^[\x21-\x7e]{1,65536}$/.test(token)) return token;
  const message = "token must be printable characters without spaces";
  throw invalid(message, [{ path: given.pathOf("token"), message }]);
}

function oidcFrom(given: Given): Identity {
  const { oidcClientSecret, oidcScopes, insecure = false } = given.credentials;
  const issuerUrl = required(given, "oidcIssuerUrl");
  const url = targetUrl(issuerUrl, { path: given.pathOf("oidcIssuerUrl"), insecure });
  const oidc = {
    issuerUrl,
    clientId: required(given, "oidcClientId"),
    refreshToken: required(given, "oidcRefreshToken"),
    ...(oidcClientSecret && { clientSecret: oidcClientSecret }),
    ...(oidcScopes && { scopes: oidcScopes }),
  };
  return { access: { oidc }, urls: [url] };
}

async function accessFromKubeconfig(given: Given): Promise<Checked> {
  const { credentials, pathOf } = given;
  const text = required(given, "kubeconfig");
  const path = pathOf("kubeconfig");
  // With it comes all of YAML.
  const { readKubeconfig } = await import("../../cluster/kubeconfig.ts");
  const { access, namespace, servers } = readKubeconfig(text, { path, context: credentials.context });
  const insecure = access.insecure || (credentials.insecure ?? false);
  if (access.token) tokenOf({ credentials: { token: access.token }, pathOf: () => path });
  // Of those not used only addresses are judged: their names are nobody's business.
  const others = servers.flatMap((server) => URL.parse(server) ?? []).filter(isLiteral);
  return {
    access: { ...access, insecure },
    namespace: namespaceOf(credentials.namespace || namespace, pathOf("namespace")),
    urls: [targetUrl(access.server, { path, insecure }), ...others],
  };
}

function isLiteral({ hostname, protocol }: URL): boolean {
  return /^https?:$/.test(protocol) && isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
}

function namespaceOf(name: string, path: string): string {
  if (name === "" || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return name;
  const message = "namespace must be lower-case letters, digits and dashes";
  throw invalid(message, [{ path, message }]);
}

type TextField = Exclude<keyof ClusterCredentials, "insecure" | "oidcScopes">;

function required({ credentials, pathOf }: Given, field: TextField): string {
  const text = credentials[field];
  if (text) return text;
  throw missing(pathOf(field), field);
}

function missing(path: string, field: string): Error {
  const message = `${field} is required`;
  return invalid(message, [{ path, message }]);
}

function fieldOf({ pathOf }: Given, name: TextField): { path: string; name: string } {
  return { path: pathOf(name), name };
}

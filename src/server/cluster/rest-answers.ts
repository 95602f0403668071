import type { Answer } from "../outbound/call.ts";
import { isTooDeep, parseJson } from "./json-bytes.ts";

const mostLength = 200;
const mostCauses = 50;

/** What a cluster said, as far as it is JSON that a cluster would say. */
export function readJson(bytes: Buffer): unknown {
  if (isTooDeep(bytes)) throw strange();
  try {
    const value = parseJson(bytes);
    if (isObject(value)) return value;
  } catch {
    // Told below, like all else that is not what a cluster says.
  }
  throw strange();
}

/** Whatever is on the other side does not speak like a Kubernetes. It is said like no answer at all: ports stay unknown. */
export function strange(): Error {
  return Object.assign(new Error("The answer is not one of a Kubernetes"), { code: "ORRERY_STRANGE" });
}

/** One field that a cluster objects to. */
export interface Cause {
  reason: string;
  message: string;
  field: string;
}

export interface Refused {
  status: number;
  message: string;
  /** Whether the cluster said so itself, in a Status; proxies before it, and what is no cluster, do not. */
  isSpoken: boolean;
  reason: string;
  causes: readonly Cause[];
  /** How long the cluster wants to be left alone. */
  retryAfterMs: number | undefined;
}

/** A refusal in the cluster's own words where it has any, with nothing in it that we sent as a secret. */
export function refusedBy({ status, headers, body }: Answer<Buffer>, secrets: Iterable<string>): Refused {
  // A redirect is not followed, and neither is anything else that is no error.
  if (status < 400) throw strange();
  const said = statusIn(body);
  const clean = cleaner(secrets);
  return {
    status,
    message: clean(said?.message) || `status ${status}`,
    isSpoken: said !== undefined,
    reason: clean(said?.reason),
    causes: causesIn(said, clean),
    retryAfterMs: retryAfterOf(headers["retry-after"]),
  };
}

interface Said {
  message?: unknown;
  reason?: unknown;
  details?: { causes?: unknown };
}

function statusIn(body: Buffer): Said | undefined {
  try {
    const value = readJson(body) as Said & { kind?: unknown };
    return value.kind === "Status" ? value : undefined;
  } catch {
    return undefined;
  }
}

function causesIn(said: Said | undefined, clean: (text: unknown) => string): Cause[] {
  const causes = said?.details?.causes;
  if (!Array.isArray(causes)) return [];
  return causes.slice(0, mostCauses).flatMap((cause: unknown) => {
    if (!isObject(cause)) return [];
    return [{ reason: clean(cause.reason), message: clean(cause.message), field: clean(cause.field) }];
  });
}

function cleaner(secrets: Iterable<string>) {
  const known = [...secrets].filter((secret) => secret.length >= 4);
  return (text: unknown): string => {
    if (typeof text !== "string") return "";
    const scrubbed = known.reduce((left, secret) => left.replaceAll(secret, "…"), text.slice(0, 16_384));
    const printable = scrubbed.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\s]+/gu, " ").trim();
    return shortened(printable);
  };
}

/** The middle goes: what a message is about stands at its start, what is wrong at its end. */
function shortened(text: string): string {
  if (text.length <= mostLength) return text;
  const end = 90;
  return `${text.slice(0, mostLength - end - 1)}…${text.slice(-end)}`;
}

function retryAfterOf(header: string | string[] | undefined): number | undefined {
  const seconds = typeof header === "string" && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
  return seconds === undefined ? undefined : Math.min(seconds, 600) * 1_000;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

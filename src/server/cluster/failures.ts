import { ClusterRefusal, codeOf, isUntrusted } from "./rest.ts";

/** Why something is no longer seen, in a word that tells nothing of addresses, ports or credentials. */
export type FailureWord =
  /** The cluster knows us no longer. */
  | "unauthorized"
  | "forbidden"
  /** It no longer knows what changed since we last heard of it. */
  | "forgotten"
  | "throttled"
  /** It answered, and could not do it. */
  | "refused"
  | "untrusted"
  /** It was connected, and said nothing for too long. */
  | "silent"
  /** No answer, half an answer, or one that no Kubernetes gives. */
  | "unreachable";

const words: Readonly<Record<number, FailureWord>> = {
  401: "unauthorized",
  403: "forbidden",
  410: "forgotten",
  429: "throttled",
};

export function failureWord(error: unknown): FailureWord {
  if (error instanceof ClusterRefusal)
    return words[error.status] ?? (error.isSpoken ? "refused" : "unreachable");
  if (isUntrusted(error)) return "untrusted";
  const isLate = error instanceof DOMException && error.name === "TimeoutError";
  return isLate || /_(BODY|HEADERS)_TIMEOUT$/.test(codeOf(error) ?? "") ? "silent" : "unreachable";
}

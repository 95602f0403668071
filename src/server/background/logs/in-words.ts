import { Problem } from "../../../core/problem.ts";

/** Why a log cannot be read, to a person. */
export function inWords(error: unknown): string {
  return error instanceof Problem ? error.message : "The log cannot be read just now";
}

/** Whether the cluster would not have it, and will not at the next time either. */
export function isRefused(error: unknown): boolean {
  return error instanceof Problem && error.kind === "invalid";
}

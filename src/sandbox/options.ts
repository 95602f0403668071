import type { IncomingMessage } from "node:http";
import type { Asked } from "./asked.ts";
import { mediaTypeOf } from "./body.ts";
import { forbiddenValue, notSupported } from "./checks/faults.ts";
import type { Cause } from "./status.ts";
import { invalid } from "./status.ts";
import type { Target } from "./target.ts";

const applies = "application/apply-patch+yaml";

/** How a write is meant, by its query and headers. */
export function askedFrom(
  target: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  duplicates: readonly string[],
): Asked {
  const isApply = request.method === "PATCH" && mediaTypeOf(request) === applies;
  refuseOptions(query, request.method ?? "GET", isApply);
  return {
    ...target,
    // Whoever applies has to say who they are; else the program that asks is taken for the owner.
    manager: query.get("fieldManager") || (isApply ? "" : programOf(request)),
    isForced: query.get("force") === "true",
    isDryRun: query.get("dryRun") === "All",
    isStrict: query.get("fieldValidation") === "Strict",
    duplicates,
  };
}

const optionsOf: Readonly<Record<string, string>> = {
  POST: "CreateOptions",
  PUT: "UpdateOptions",
  PATCH: "PatchOptions",
  DELETE: "DeleteOptions",
};

function refuseOptions(query: URLSearchParams, method: string, isApply: boolean): void {
  const [dryRun, validation, force] = [query.get("dryRun"), query.get("fieldValidation"), query.get("force")];
  const faults: Cause[] = [];
  if (dryRun && dryRun !== "All") faults.push(notSupported("dryRun", [dryRun], ["All"]));
  if (validation && !["Ignore", "Strict", "Warn"].includes(validation))
    faults.push(notSupported("fieldValidation", validation, ["", "Ignore", "Strict", "Warn"]));
  if (method === "PATCH" && force && !isApply)
    faults.push(forbiddenValue("force", "may not be specified for non-apply patch"));
  const kind = optionsOf[method];
  if (kind && faults.length > 0) throw invalid(kind, "meta.k8s.io", "", faults);
}

function programOf({ headers }: IncomingMessage): string {
  return (headers["user-agent"] ?? "unknown").split("/")[0] || "unknown";
}

import type { Json } from "./objects.ts";

export interface Cause {
  reason: string;
  message: string;
  field: string;
}

/** What the server refuses with: a Kubernetes `Status`. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly code: number;
  readonly reason: string;
  readonly details: { [key: string]: Json } | undefined;

  constructor(code: number, reason: string, message: string, details?: { [key: string]: Json }) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  toJson() {
    const { code, reason, message, details } = this;
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message,
      reason,
      ...(details && { details }),
      code,
    };
  }
}

interface Named {
  group: string;
  plural: string;
}

const qualified = ({ group, plural }: Named) => (group ? `${plural}.${group}` : plural);

export const badRequest = (message: string) => new StatusError(400, "BadRequest", message);
export const unauthorized = () => new StatusError(401, "Unauthorized", "Unauthorized");
export const forbidden = (resource: Named, name: string, why: string) =>
  new StatusError(403, "Forbidden", `${qualified(resource)} "${name}" is forbidden: ${why}`, {
    name,
    kind: resource.plural,
  });
export const notFound = (resource: Named, name: string) =>
  new StatusError(404, "NotFound", `${qualified(resource)} "${name}" not found`, {
    name,
    group: resource.group,
    kind: resource.plural,
  });
export const noSuchPath = () =>
  new StatusError(404, "NotFound", "the server could not find the requested resource");
export const methodNotAllowed = () =>
  new StatusError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
export const alreadyExists = (resource: Named, name: string) =>
  new StatusError(409, "AlreadyExists", `${qualified(resource)} "${name}" already exists`, {
    name,
    group: resource.group,
    kind: resource.plural,
  });
export const conflict = (resource: Named, name: string, why: string) =>
  new StatusError(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    { name, group: resource.group, kind: resource.plural },
  );
export const gone = () =>
  new StatusError(410, "Expired", "The resourceVersion for the provided watch is too old.");
export const unsupportedType = (given: string) =>
  new StatusError(
    415,
    "UnsupportedMediaType",
    `the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml (was ${given})`,
  );

/** Everything wrong with an object, in the server's form. */
export function invalid(kind: string, group: string, name: string, causes: readonly Cause[]): StatusError {
  const sentences = causes.map(({ field, message }) => `${field}: ${message}`);
  const told = sentences.length === 1 ? (sentences[0] ?? "") : `[${sentences.join(", ")}]`;
  const about = group ? `${kind}.${group}` : kind;
  return new StatusError(422, "Invalid", `${about} "${name}" is invalid: ${told}`, {
    name,
    group,
    kind,
    causes: causes.map((cause) => ({ ...cause })),
  });
}

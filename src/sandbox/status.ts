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
      ...(reason && { reason }),
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
export const forbidden = (resource: Named, name: string, why: string, causes: readonly Cause[] = []) =>
  new StatusError(403, "Forbidden", `${qualified(resource)} "${name}" is forbidden: ${why}`, {
    name,
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
    ...(causes.length > 0 && { causes: causes.map((cause) => ({ ...cause })) }),
  });
export const notFound = (resource: Named, name: string) =>
  new StatusError(404, "NotFound", `${qualified(resource)} "${name}" not found`, {
    name,
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
  });
export const noSuchPath = () =>
  new StatusError(404, "NotFound", "the server could not find the requested resource");
export const methodNotAllowed = () =>
  new StatusError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
export const alreadyExists = (resource: Named, name: string) =>
  new StatusError(409, "AlreadyExists", `${qualified(resource)} "${name}" already exists`, {
    name,
    ...(resource.group && { group: resource.group }),
    kind: resource.plural,
  });
export const conflict = (resource: Named, name: string, why: string) =>
  new StatusError(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    { name, ...(resource.group && { group: resource.group }), kind: resource.plural },
  );
export const gone = (asked: number, oldest: number) =>
  new StatusError(410, "Expired", `too old resource version: ${asked} (${oldest})`);
export const expiredContinue = () =>
  new StatusError(
    410,
    "Expired",
    "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.",
  );
export const tooMany = () =>
  new StatusError(429, "TooManyRequests", "Too many requests, please try again later.");
export const notAcceptable = () =>
  new StatusError(
    406,
    "NotAcceptable",
    "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
  );
export const unsupportedBody = () =>
  new StatusError(
    415,
    "UnsupportedMediaType",
    "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf",
  );
export const unsupportedPatch = () =>
  new StatusError(415, "UnsupportedMediaType", "415: Unsupported Media Type");

/** Everything wrong with an object, in the server's form. */
export function invalid(kind: string, group: string, name: string, causes: readonly Cause[]): StatusError {
  const sentences = causes.map(({ field, message }) => `${field}: ${message}`);
  const told = sentences.length === 1 ? (sentences[0] ?? "") : `[${sentences.join(", ")}]`;
  const about = group ? `${kind}.${group}` : kind;
  return new StatusError(422, "Invalid", `${about} "${name}" is invalid: ${told}`, {
    ...(name && { name }),
    ...(group && { group }),
    kind,
    causes: causes.map((cause) => ({ ...cause })),
  });
}

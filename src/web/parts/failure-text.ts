import { ApiError } from "../../client/api-error.ts";

export interface FailureText {
  title: string;
  more?: string;
  details: readonly string[];
}

/** What an error panel says: the server's own sentence, and what can be done where we know it. */
export function failureText(error: unknown): FailureText {
  if (!(error instanceof ApiError))
    return {
      title: "This did not work",
      more: error instanceof Error ? error.message : String(error),
      details: [],
    };
  const details = error.details.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  const known = byStatus[error.status];
  return known ? { title: known, more: error.message, details } : { title: error.message, details };
}

const byStatus: Readonly<Record<number, string>> = {
  403: "You may not do this",
  404: "Not here, or not yours",
  429: "Too many requests",
};

/** What somebody needs who is asked why this failed. */
export function failureReport(error: unknown, page: string): string {
  const { title, more, details } = failureText(error);
  const asked =
    error instanceof ApiError ? [`${error.method} ${error.path}: ${error.status || "no answer"}`] : [];
  const at = error instanceof ApiError ? error.at : new Date();
  return [
    title,
    ...(more ? [more] : []),
    ...details,
    ...asked,
    `Page: ${page}`,
    `Time: ${at.toISOString()}`,
  ].join("\n");
}

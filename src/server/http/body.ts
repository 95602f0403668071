import { isUtf8 } from "node:buffer";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isDigit, type JsonSource, outlineOf } from "../../core/json-outline.ts";
import { invalid, Problem } from "../../core/problem.ts";
import { timesGiven } from "./headers.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The body as it came, once it has been read. */
    source?: JsonSource | undefined;
  }
}

/** JSON is the one thing a body may be, and it is read here and nowhere else. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.decorateRequest("source");
  app.addContentTypeParser("*", { parseAs: "buffer" }, async (request: FastifyRequest, bytes: Buffer) => {
    return bytes.length === 0 ? undefined : parseJson(request, bytes);
  });
}

/** To be asked before the bytes arrive: nobody has to send a megabyte to hear that it is the wrong kind. */
export function bodyRefusal(request: FastifyRequest): Problem | undefined {
  return hasBody(request) ? wrongLabel(request) : undefined;
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** A media type is compared once it is parsed: what merely begins like JSON is something else. */
const jsonLabel = /^application\/json[\t ]*(?:;[\t ]*(?:charset[\t ]*=[\t ]*"?utf-8"?)?[\t ]*)*$/i;

function wrongLabel({ raw }: FastifyRequest): Problem | undefined {
  const { "content-type": type = "", "content-encoding": codings = "identity" } = raw.headers;
  if (codings.split(",").some((coding) => coding.trim().toLowerCase() !== "identity"))
    return new Problem("unsupported", "A body must not be compressed");
  // Of two Node would take the first, and something in front of us perhaps the second.
  if (timesGiven(raw.rawHeaders, "content-type") !== 1 || !jsonLabel.test(type))
    return new Problem("unsupported", "A body must be sent as application/json");
  return undefined;
}

const depthMax = 64;

/** Own keys stay own keys, `__proto__` too: nothing a body says reaches a prototype. */
function parseJson(request: FastifyRequest, bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw invalid("The body must be UTF-8");
  const text = bytes.toString("utf8");
  const outline = outlineOf(text);
  // Looked at first, since everything that walks the value afterwards may do so by recursion.
  if (outline.depth > depthMax) throw invalid(`The body must not nest deeper than ${depthMax} levels`);
  const value = parse(text);
  request.source = { text, outline };
  if (outline.hasExponents || isSuspect(text)) judgeValues(value, "");
  return value;
}

/** Looked for in the text, since walking all values would cost more than reading them. */
function isSuspect(text: string): boolean {
  return mayBeLong(text) || (text.includes(escapedNul) && mayHoldNul.test(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid("The body is not valid JSON", [], error);
  }
}

/** An escaped NUL, but not an escaped backslash before `u0000`. */
const escapedNul = "\\u0000";
const mayHoldNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** Whether somewhere there are 200 digits in a row: then two places in turn of every hundredth are digits. */
function mayBeLong(text: string): boolean {
  for (let at = 100; at < text.length; at += 100)
    if (isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at - 100))) return /\d{200}/.test(text);
  return false;
}

/** JSON reads 1e999 as infinity, and writes infinity as null; a NUL is what no name and no database holds. */
function judgeValues(value: unknown, path: string): void {
  if (typeof value === "number" && !Number.isFinite(value))
    throw wrongAt(path, "must not be so large a number");
  if (typeof value === "string" && value.includes("\0"))
    throw wrongAt(path, "must not contain NUL characters");
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes("\0")) throw wrongAt(path, "must not contain NUL characters in its keys");
    judgeValues(inner, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

function wrongAt(path: string, message: string): Problem {
  return invalid(`${path.slice(1).replaceAll("/", ".") || "The body"} ${message}`, [{ path, message }]);
}

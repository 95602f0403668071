import type { IncomingMessage } from "node:http";
import { duplicatesIn } from "./duplicate-keys.ts";
import { isMap, type Json, type JsonMap } from "./objects.ts";
import { badRequest, StatusError, unsupportedBody } from "./status.ts";

const longestBody = 3 * 1_048_576;

export interface Body {
  value: Json;
  /** Paths of fields it says twice; the last one counts. */
  duplicates: readonly string[];
}

const nothing: Body = { value: null, duplicates: [] };

export function mediaTypeOf({ headers }: IncomingMessage): string {
  return (headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "";
}

const readable = new Set(["application/json", "application/yaml", "application/x-www-form-urlencoded"]);

/** What was sent with a request. Patches say themselves how they are to be read. */
export async function bodyOf(request: IncomingMessage): Promise<Body> {
  if (request.method === "GET") return nothing;
  const text = await textOf(request);
  if (text.trim() === "") return nothing;
  if (request.method !== "PATCH" && !readable.has(mediaTypeOf(request))) throw unsupportedBody();
  const isJson = /^\s*[{["]/.test(text);
  try {
    const value = isJson ? (JSON.parse(text) as Json) : await yamlIn(text);
    return { value, duplicates: isJson ? duplicatesIn(text) : [] };
  } catch (error) {
    throw badRequest(
      `error decoding the body: ${error instanceof Error ? error.message.split("\n")[0] : "not readable"}`,
    );
  }
}

/** Who speaks to a cluster mostly speaks JSON. */
async function yamlIn(text: string): Promise<Json> {
  const { parse } = await import("yaml");
  return parse(text, { maxAliasCount: 100 });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not destroyed with the loop: whoever sends too much is to read why.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > longestBody) {
      request.resume();
      throw new StatusError(
        413,
        "RequestEntityTooLarge",
        `Request entity too large: limit is ${longestBody}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export function objectOf(body: Json): JsonMap {
  if (!isMap(body)) throw badRequest("the object provided is unrecognized: the body must be an object");
  return body;
}

import { readdirSync, readFileSync } from "node:fs";
import { CST, Lexer } from "yaml";
import { catalog } from "../../src/core/catalog/catalog.ts";
import { serverOwned } from "../../src/core/catalog/object.ts";
import { isMap } from "../../src/core/catalog/text-values.ts";
import { readYaml } from "../../src/web/inspector/yaml-text.ts";

/** What people run, as they write it down: a folder for each kind of node. */
export interface Manifest {
  /** Its place: the type of the node it is of, and its name. */
  place: string;
  type: string;
  text: string;
  /** All comments in it, without the sign. */
  comments: string[];
}

const folder = "test/data/manifests";

export const manifests: readonly Manifest[] = [...catalog.keys()].flatMap((type) =>
  readdirSync(`${folder}/${type}`).map((file) => {
    const text = readFileSync(`${folder}/${type}/${file}`, "utf8");
    return { place: `${type}/${file.replace(".yaml", "")}`, type, text, comments: commentsIn(text) };
  }),
);

function commentsIn(text: string): string[] {
  const tokens = [...new Lexer().lex(text)];
  return tokens.flatMap((token, index) =>
    token.startsWith("#") && tokens[index - 1] !== CST.SCALAR ? [token.slice(1)] : [],
  );
}

/** What a text does not say although a manifest does, place by place. */
export function unsaid(text: string, manifest: string): string[] {
  const made = objectsIn(text);
  return objectsIn(manifest).flatMap((object) =>
    missing(
      made.find(({ kind }) => kind === object.kind),
      withoutState(object),
    ),
  );
}

function objectsIn(text: string) {
  const read = readYaml(text);
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return read.objects;
}

/** What a cluster says of an object, and nobody asks for. */
function withoutState(object: object): object {
  const { status: _, metadata, stringData, ...rest } = object as Record<string, unknown>;
  const kept = Object.entries(metadata as object).filter(([key]) => !serverOwned.includes(key));
  return {
    ...rest,
    metadata: Object.fromEntries(kept),
    ...(stringData !== undefined && { data: stringData }),
  };
}

/** What is not in an object although a manifest says it, place by place. */
function missing(made: unknown, said: unknown, place = ""): string[] {
  if (said === null) return [];
  const [mine, theirs] = [inOrder(made, place), inOrder(said, place)];
  if (Array.isArray(mine) && Array.isArray(theirs) && mine.length === theirs.length)
    return theirs.flatMap((each, index) => missing(mine[index], each, `${place}/${index}`));
  if (isMap(mine) && isMap(theirs))
    return Object.entries(theirs).flatMap(([key, each]) => missing(mine[key], each, `${place}/${key}`));
  const isAmount = /\/resources\/(limits|requests)\/./.test(place);
  return made === said || (isAmount && String(made) === String(said))
    ? []
    : [`${place}: ${JSON.stringify(said)}`];
}

/** The order of volumes and of mounts means nothing. */
function inOrder(value: unknown, place: string): unknown {
  const key = /\/volumes$/.test(place) ? "name" : /\/volumeMounts$/.test(place) ? "mountPath" : undefined;
  if (key === undefined || !Array.isArray(value)) return value;
  return value.toSorted((a, b) => String(a[key]).localeCompare(String(b[key])));
}

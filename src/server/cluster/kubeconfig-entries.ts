import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from "yaml";
import { isForbiddenKey } from "../../core/access/kubeconfig-keys.ts";
import { tooMuchIn } from "./kubeconfig-scan.ts";

/** YAML as plain text, lists and maps. Nothing in it is more than that. */
type Value = string | undefined | Value[] | Entry;
export type Entry = Map<string, Value>;

type Refuse = (message: string) => Error;

const plainTag = /^(!|tag:yaml\.org,2002:(str|map|seq))$/;
const mostDepth = 32;

/** The one map a kubeconfig is. A key that must not be there is refused wherever it stands, used or not. */
export function readEntries(given: string, refuse: Refuse): Entry {
  const text = given.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const tooMuch = tooMuchIn(text);
  if (tooMuch) throw refuse(`The kubeconfig ${tooMuch}`);

  const options = { uniqueKeys: false, schema: "failsafe", prettyErrors: false, logLevel: "silent" } as const;
  // With nothing in it there are no documents, and what is returned says so in its own way.
  const documents = [...parseAllDocuments(text, options)] as Document[];
  for (const document of documents) checkKeys(document, refuse);
  if (documents.some(({ errors }) => errors.length > 0)) throw refuseBroken(text, refuse);
  const [only, ...others] = documents;
  if (others.length > 0) throw refuse("The kubeconfig must be a single YAML document");
  const value = only && readNode(only.contents, only, refuse, 0);
  if (value instanceof Map) return value;
  throw refuse("The kubeconfig must be a YAML map");
}

function checkKeys(document: Document, refuse: Refuse): void {
  visit(document, {
    Pair(_, { key }) {
      const name = keyOf(key, document, refuse);
      if (isForbiddenKey(name)) throw refuse(`${name} is not allowed in a kubeconfig`);
    },
  });
}

function keyOf(key: unknown, document: Document, refuse: Refuse): string {
  const node = isAlias(key) ? key.resolve(document) : key;
  if (isScalar(node) && (typeof node.value === "string" || node.value === null)) return node.value ?? "";
  throw refuse("The kubeconfig has a key that is not text");
}

/** A text that is not YAML may still be read by others as if it were, so what it seems to hold is named. */
function refuseBroken(text: string, refuse: Refuse): Error {
  for (const [, name = ""] of text.matchAll(/([\w-]{2,40})["']?[ \t]*:/g))
    if (isForbiddenKey(name)) return refuse(`${name} is not allowed in a kubeconfig`);
  return refuse("The kubeconfig is not valid YAML");
}

function readNode(node: unknown, document: Document, refuse: Refuse, depth: number): Value {
  if (depth > mostDepth) throw refuse("The kubeconfig is nested too deeply");
  const deeper = (inner: unknown) => readNode(inner, document, refuse, depth + 1);
  if (isAlias(node)) return deeper(node.resolve(document));
  if (isScalar(node) || isMap(node) || isSeq(node)) checkTag(node.tag, refuse);
  if (isScalar(node)) return typeof node.value === "string" ? node.value : undefined;
  if (isSeq(node)) return node.items.map(deeper);
  return isMap(node) ? readMap(node, document, refuse, deeper) : undefined;
}

function readMap(
  node: YAMLMap,
  document: Document,
  refuse: Refuse,
  deeper: (inner: unknown) => Value,
): Entry {
  const entries: Entry = new Map();
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const name = keyOf(pair.key, document, refuse);
    if (name === "<<") throw refuse("Merge keys are not allowed in a kubeconfig");
    if (entries.has(name)) throw refuse("The kubeconfig has the same key twice in one map");
    entries.set(name, deeper(pair.value));
  }
  return entries;
}

function checkTag(tag: string | undefined, refuse: Refuse): void {
  if (tag !== undefined && !plainTag.test(tag)) throw refuse("YAML tags are not allowed in a kubeconfig");
}

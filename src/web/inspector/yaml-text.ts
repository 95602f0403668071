import {
  Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
} from "yaml";
import { type KubernetesObject, ownLabels } from "../../core/kubernetes-object.ts";

/** What people wrote beside the lines of an object, by place. */
export type Comments = Readonly<Record<string, Comment>>;

interface Comment {
  /** In lines of its own before the place. */
  before?: string;
  /** At the end of the line. */
  beside?: string;
  /** After all that is within the place. */
  after?: string;
}

export interface YamlFault {
  message: string;
  from: number;
  to: number;
}

/** Where a pointer leads to in a text. */
export type Finder = (pointer: string) => { from: number; to: number };

export type ReadYaml =
  | { objects: KubernetesObject[]; comments: Comments; find: Finder }
  | { faults: YamlFault[] };

const shape = { lineWidth: 0, indentSeq: true } as const;

/** Objects as YAML, the comments in their places; our own labels go without saying. */
export function writeYaml(objects: readonly KubernetesObject[], comments: unknown): string {
  const last = objects.length - 1;
  return objects
    .map((object, index) => {
      const document = new Document(withoutOwnLabels(object));
      if (index === last) putComments(document, commentsIn(comments));
      return document.toString(shape);
    })
    .join("---\n");
}

/** What a text says, or why it cannot be read. */
export function readYaml(text: string): ReadYaml {
  const documents = parseAllDocuments(text).filter(({ contents, errors }) => contents || errors.length > 0);
  const errors = documents.flatMap((document) => document.errors);
  if (errors.length > 0)
    return {
      faults: errors.map(({ message, pos: [from, to] }) => ({
        message: message.split("\n")[0] ?? "",
        from,
        to,
      })),
    };
  const main = documents.at(-1);
  if (!main) return { faults: [{ message: "There is nothing here", from: 0, to: text.length }] };
  const strange = documents.find(({ contents }) => !isMap(contents));
  if (strange) {
    const [from = 0, to = text.length] = strange.contents?.range ?? [];
    return { faults: [{ message: "A Kubernetes object is a map of names to values", from, to }] };
  }
  try {
    const objects = documents.map((document) => document.toJS() as KubernetesObject);
    return { objects, comments: takeComments(main), find: finderIn(main) };
  } catch (error) {
    return {
      faults: [{ message: error instanceof Error ? error.message : String(error), from: 0, to: text.length }],
    };
  }
}

const own: ReadonlySet<string> = new Set(Object.values(ownLabels));

function withoutOwnLabels(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwnLabels);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !own.has(key));
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutOwnLabels(each)]));
}

type Visit = (node: Node, place: string) => void;

/** Everything in a document that can have a comment: keys under their own place with a “#”, values under theirs. */
function visitAll({ contents }: Pick<Document, "contents">, visit: Visit): void {
  const walk = (node: unknown, place: string) => {
    if (!isNode(node)) return;
    visit(node, place);
    if (isMap(node)) for (const pair of node.items) walkPair(pair, place);
    else if (isSeq(node))
      for (const [index, item] of node.items.entries()) walk(item, `${place}/${segmentOf(item, index)}`);
  };
  const walkPair = (pair: unknown, place: string) => {
    if (!isPair(pair)) return;
    const { key, value } = pair as Pair;
    const at = `${place}/${escaped(isScalar(key) ? String(key.value) : String(key))}`;
    if (isNode(key)) visit(key, `${at}#`);
    walk(value, at);
  };
  walk(contents, "");
}

const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Named things keep their comments when others come before them. */
function segmentOf(item: unknown, index: number): string {
  const name = isMap(item) ? (item.get("name") ?? item.get("mountPath")) : undefined;
  return typeof name === "string" ? escaped(`@${name}`) : String(index);
}

function takeComments(document: Document | Document.Parsed): Comments {
  const found: Record<string, Comment> = {};
  const note = (
    place: string,
    { commentBefore, comment }: Pick<Node, "commentBefore" | "comment">,
    isInside: boolean,
  ) => {
    const last = isInside ? { after: comment } : { beside: comment };
    const said = Object.entries({ before: commentBefore, ...last }).filter(
      ([, text]) => typeof text === "string",
    );
    if (said.length > 0) found[place] = Object.fromEntries(said);
  };
  note("##", document, true);
  visitAll(document as Document, (node, place) => note(place, node, isCollection(node)));
  return found;
}

function putComments(document: Document, comments: Comments): void {
  const put = (node: Pick<Node, "commentBefore" | "comment">, { before, beside, after }: Comment) => {
    if (before !== undefined) node.commentBefore = before;
    const last = beside ?? after;
    if (last !== undefined) node.comment = last;
  };
  const whole = comments["##"];
  if (whole) put(document, whole);
  visitAll(document, (node, place) => {
    const said = Object.hasOwn(comments, place) ? comments[place] : undefined;
    if (said) put(node, said);
  });
}

/** Stored drawings may hold anything under this key. */
function commentsIn(given: unknown): Comments {
  if (typeof given !== "object" || given === null) return {};
  const good = Object.entries(given).filter(
    ([, comment]) =>
      typeof comment === "object" &&
      comment !== null &&
      Object.values(comment).every((text) => typeof text === "string"),
  );
  return Object.fromEntries(good);
}

/** The place a pointer leads to, or else the nearest around it; a single word is looked for everywhere. */
function finderIn(document: Document.Parsed): Finder {
  return (pointer) => {
    const keys = pointer
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const node = document.getIn(keys.slice(0, depth), true) as ParsedNode | undefined;
      if (isNode(node) && node.range) return { from: node.range[0], to: node.range[1] };
    }
    const named = keys[0] === undefined ? undefined : rangeOfKey(document, keys[0]);
    const [from = 0] = document.contents?.range ?? [];
    return named ?? { from, to: from };
  };
}

function rangeOfKey(document: Document.Parsed, key: string): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined;
  visitAll(document as unknown as Document, (node, place) => {
    if (!found && node.range && place.endsWith(`/${escaped(key)}`))
      found = { from: node.range[0], to: node.range[1] };
  });
  return found;
}

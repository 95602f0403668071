import { Document, isMap, isNode, isScalar, type ParsedNode, parseAllDocuments } from "yaml";
import { type KubernetesObject, ownLabels } from "../../core/kubernetes-object.ts";
import { dialect } from "../canvas/yaml-dialect.ts";
import {
  aroundAll,
  atHome,
  type Comments,
  escaped,
  placesOf,
  putComments,
  takeComments,
  visitAll,
} from "./yaml-comments.ts";

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
  const said = commentsIn(comments);
  return documentsOf(objects)
    .map(({ document, key }) => {
      putComments(document, said, key);
      return document.toString(shape);
    })
    .join("---\n");
}

/**
 * The comments of a text as the objects that it became will show them. Those that were not shown, as what they are
 * about was not there, are kept.
 */
export function keptComments(
  read: Comments,
  objects: readonly KubernetesObject[],
  known: unknown,
  before: readonly KubernetesObject[],
): Comments {
  const [now, then] = [placesIn(objects), placesIn(before)];
  const hidden = Object.entries(commentsIn(known)).filter(([place]) => !then.has(place) && !now.has(place));
  return { ...Object.fromEntries(hidden), ...atHome(read, now) };
}

function placesIn(objects: readonly KubernetesObject[]): Set<string> {
  return new Set(documentsOf(objects).flatMap(({ document, key }) => [...placesOf(document, key)]));
}

/** What stands beside the main object, the last one, has places of its own. */
function documentsOf(objects: readonly KubernetesObject[]) {
  return objects.map((object, index) => ({
    document: new Document(withoutOwnLabels(object), dialect),
    key: index === objects.length - 1 ? "" : keyOf(object),
  }));
}

const keyOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata?.name}`;

/** Stored drawings may hold anything under this key. */
function commentsIn(given: unknown): Comments {
  if (typeof given !== "object" || given === null) return {};
  const good = Object.entries(given).filter(
    ([, comment]) =>
      typeof comment === "object" &&
      comment !== null &&
      Object.values(comment).every((words) => typeof words === "string"),
  );
  return Object.fromEntries(good);
}

/** What a text says, or why it cannot be read. */
export function readYaml(text: string): ReadYaml {
  const all = parseAllDocuments(text, dialect) as Document.Parsed[];
  const documents = all.filter((document) => !isEmpty(document));
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
    const taken = objects.map((object, index) =>
      takeComments(documents[index] ?? main, text, index === objects.length - 1 ? "" : keyOf(object)),
    );
    const comments = Object.assign({}, ...taken) as Comments;
    return { objects, comments: withStray(comments, all, main), find: finderIn(main) };
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

/** Nothing but comments, such as what follows a last “---”. */
function isEmpty({ contents, errors }: Document.Parsed): boolean {
  return errors.length === 0 && (contents === null || (isScalar(contents) && contents.value === null));
}

/** With the comments of documents that hold nothing else: before all, or after all. */
function withStray(comments: Comments, all: readonly Document.Parsed[], main: Document.Parsed): Comments {
  const end = all.indexOf(main);
  const wordsOf = (documents: readonly Document.Parsed[]) =>
    documents
      .filter(isEmpty)
      .flatMap(({ commentBefore, contents, comment }) =>
        [commentBefore, contents?.commentBefore, contents?.comment, comment].filter(
          (words) => typeof words === "string",
        ),
      );
  const [before, after] = [wordsOf(all.slice(0, end)), wordsOf(all.slice(end))];
  return before.length + after.length === 0 ? comments : aroundAll(comments, before, after);
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
  visitAll(document as unknown as Document, "", (node, place) => {
    if (!found && node.range && place.endsWith(`/${escaped(key)}`))
      found = { from: node.range[0], to: node.range[1] };
  });
  return found;
}

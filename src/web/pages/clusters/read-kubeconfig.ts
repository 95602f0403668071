import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { isForbiddenKey } from "../../../core/access/kubeconfig-keys.ts";

export interface Context {
  name: string;
  server: string;
  user: string;
  namespace: string;
}

export interface KubeconfigReading {
  contexts: readonly Context[];
  /** The context the file itself chooses. */
  current: string;
  /** Why the server would not take it, each with its line. */
  faults: readonly string[];
}

/** What a kubeconfig offers, read in the page so that it can be told at once; the server judges it again. */
export function readKubeconfig(text: string): KubeconfigReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", logLevel: "silent", lineCounter: lines });
  const lineOf = (offset: number | undefined) => `line ${lines.linePos(offset ?? 0).line}`;
  const forbidden = forbiddenKeys(document).map(
    ({ name, offset }) => `${name} is not allowed in a kubeconfig (${lineOf(offset)})`,
  );
  const broken = document.errors.map(({ message, pos }) => `${message.split("\n")[0]} (${lineOf(pos[0])})`);
  if (broken.length > 0) return { contexts: [], current: "", faults: [...forbidden, ...broken.slice(0, 1)] };
  if (!isMap(document.contents))
    return {
      contexts: [],
      current: "",
      faults: ["A kubeconfig is a YAML map with clusters, users and contexts"],
    };

  const file = plain(document);
  const contexts = contextsIn(file);
  const empty = contexts.length === 0 ? ["The kubeconfig has no contexts"] : [];
  return { contexts, current: textIn(file, "current-context"), faults: [...forbidden, ...empty] };
}

/** Its values; a file whose aliases grow without end has none. */
function plain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch {
    return undefined;
  }
}

function forbiddenKeys(document: Document): { name: string; offset: number | undefined }[] {
  const found: { name: string; offset: number | undefined }[] = [];
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key)) return;
      const name = String(key.value);
      if (isForbiddenKey(name)) found.push({ name, offset: key.range?.[0] });
    },
  });
  return found;
}

function contextsIn(file: unknown): Context[] {
  const servers = new Map(
    listIn(file, "clusters").map((each) => [
      textIn(each, "name"),
      textIn(valueIn(each, "cluster"), "server"),
    ]),
  );
  return listIn(file, "contexts").map((each) => {
    const context = valueIn(each, "context");
    return {
      name: textIn(each, "name"),
      server: servers.get(textIn(context, "cluster")) ?? "",
      user: textIn(context, "user"),
      namespace: textIn(context, "namespace"),
    };
  });
}

function valueIn(map: unknown, key: string): unknown {
  return typeof map === "object" && map !== null && Object.hasOwn(map, key)
    ? (map as Record<string, unknown>)[key]
    : undefined;
}

function listIn(map: unknown, key: string): readonly unknown[] {
  const value = valueIn(map, key);
  return Array.isArray(value) ? value : [];
}

function textIn(map: unknown, key: string): string {
  const value = valueIn(map, key);
  return typeof value === "string" ? value : "";
}

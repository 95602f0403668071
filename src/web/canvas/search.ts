import { nameOfNode } from "../../core/relations/node-names.ts";
import { statusLook } from "../look/status.ts";
import type { Changes } from "./changes.ts";
import type { Graph } from "./graph.ts";
import { namespaceOf, titleOf } from "./node-words.ts";
import { readingOrder } from "./order.ts";
import type { Seen } from "./statuses.ts";

interface Known {
  statuses: ReadonlyMap<string, Seen>;
  changes: Changes;
}

/** The nodes that a search means, in reading order: words, and `kind:` `ns:` `status:` `image:` `is:changed`. */
export function matchesOf(graph: Graph, search: string, { statuses, changes }: Known): string[] {
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
  return readingOrder(graph).filter((id) => {
    const node = graph.nodes.get(id);
    if (!node) return false;
    const status = statuses.get(id)?.status.state;
    const fields: Readonly<Record<string, string>> = {
      kind: `${node.type} ${titleOf(node.type)}`,
      ns: namespaceOf(node) || "default",
      status: status === undefined ? "not deployed" : `${status} ${statusLook(status).word}`,
      image: String(node.data.image ?? ""),
      is: changes.nodes.has(id) ? "changed" : "",
    };
    const text = `${nameOfNode(node)} ${titleOf(node.type)} ${fields.image}`.toLowerCase();
    return terms.every((term) => {
      const [key = "", value] = term.split(/:(.*)/s);
      const field = value === undefined ? undefined : fields[key];
      return field === undefined ? text.includes(term) : field.toLowerCase().includes(value ?? "");
    });
  });
}

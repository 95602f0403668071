import type { DesignNode } from "../../contract/design.ts";
import type { Neighbour } from "../catalog/kind.ts";
import { namespaceGivers } from "../relations/relations.ts";

/** Where a node lives: where it says, else with what it is joined to if it is nothing without that, else where the run is. */
export function namespacesOf(
  neighbours: ReadonlyMap<string, readonly Neighbour[]>,
  otherwise: string,
): (node: DesignNode) => string {
  const known = new Map<DesignNode, string>();

  return function namespaceOf(node): string {
    const found = known.get(node) ?? ownNamespace(node) ?? inherited(node);
    known.set(node, found);
    return found;
  };

  // Givers are never takers from their takers, so that this ends: ingress, service, workload.
  function inherited(node: DesignNode): string {
    const givers = namespaceGivers.get(node.type);
    let at: DesignNode | undefined = node;
    let from = givers;
    while (at && from) {
      const kinds: ReadonlySet<string> = from;
      const next: DesignNode | undefined = neighbours
        .get(at.id)
        ?.find((each) => kinds.has(each.node.type))?.node;
      const own = next && ownNamespace(next);
      if (own) return own;
      at = next;
      from = next && namespaceGivers.get(next.type);
    }
    return otherwise;
  }
}

function ownNamespace({ data }: DesignNode): string | undefined {
  return typeof data.namespace === "string" && data.namespace.trim() !== ""
    ? data.namespace.trim()
    : undefined;
}

import type { Design, DesignNode } from "../../contract/design.ts";
import { catalog } from "../catalog/catalog.ts";
import type { Detail } from "../problem.ts";
import { relationOf } from "../relations/relations.ts";

/** Edges that are drawn and do nothing, which whoever drew them will not expect. */
export function edgeWarnings({ edges }: Design, nodeById: (id: string) => DesignNode | undefined): Detail[] {
  return edges.flatMap(({ source, target, type }, index): Detail[] => {
    const [from, to] = [nodeById(source)?.type, nodeById(target)?.type];
    if (from === undefined || to === undefined || !catalog.has(from) || !catalog.has(to)) return [];
    if (relationOf(from, to, type) !== undefined) return [];
    const message = `An edge between a ${from} and a ${to} means nothing; to make one wait for the other, draw a dependency`;
    return [{ path: `/edges/${index}`, code: "edge-without-meaning", message }];
  });
}

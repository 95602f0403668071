import { useEffect, useMemo, useState } from "react";
import type { DesignNode } from "../../contract/design.ts";
import type { Area, Shown } from "./window.ts";

const nobody: ReadonlySet<string> = new Set();

/**
 * What is drawn by now of what is to be drawn. So many new cards at once would be frames that are missed: they come a
 * few in each, those in the middle first, and most of them while they are still out of sight.
 */
export function useArriving(shown: Shown | undefined, area: Area | undefined): Shown | undefined {
  const [arrived, setArrived] = useState(nobody);
  const drawn = useMemo(() => shown && area && withNext(shown, area, arrived), [shown, area, arrived]);
  const here = drawn?.nodes;
  useEffect(() => {
    const ids = (here ?? []).map(({ id }) => id);
    if (ids.length === arrived.size && ids.every((id) => arrived.has(id))) return undefined;
    const frame = requestAnimationFrame(() => setArrived(new Set(ids)));
    return () => cancelAnimationFrame(frame);
  }, [here, arrived]);
  return drawn;
}

function withNext(shown: Shown, area: Area, arrived: ReadonlySet<string>): Shown {
  const missing = shown.nodes.filter(({ id }) => !arrived.has(id));
  const next = nearest(missing, area);
  if (next.length === missing.length) return shown;
  const late = new Set(missing.map(({ id }) => id));
  for (const { id } of next) late.delete(id);
  return {
    nodes: shown.nodes.filter(({ id }) => !late.has(id)),
    far: shown.far,
    edges: shown.edges.filter(({ source, target }) => !late.has(source) && !late.has(target)),
  };
}

const fewest = 16;
const mostParts = 4;

/** Those that come next: the more are missing the more at once, or it would take too long. */
function nearest(missing: readonly DesignNode[], area: Area): readonly DesignNode[] {
  const count = Math.max(fewest, Math.ceil(missing.length / mostParts));
  if (missing.length <= count) return missing;
  const [x, y] = [(area.left + area.right) / 2, (area.top + area.bottom) / 2];
  const far = new Map(missing.map((node) => [node, Math.hypot(node.position.x - x, node.position.y - y)]));
  return missing.toSorted((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0)).slice(0, count);
}

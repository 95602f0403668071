interface Named {
  id: string;
  type: string;
  name: string;
}

interface Link {
  from: string;
  to: string;
}

export interface Spot {
  x: number;
  y: number;
}

export const card = { width: 208, height: 48 } as const;
const gap = { x: 88, y: 16 } as const;

export interface RelatedLayout {
  spots: ReadonlyMap<string, Spot>;
  width: number;
  height: number;
}

/**
 * Puts an object in the middle and what it is related to around it: what comes before it to the left, what comes after
 * it to the right, and within a column by what each is joined to.
 */
export function relatedLayout(
  center: string,
  nodes: readonly Named[],
  edges: readonly Link[],
): RelatedLayout {
  const steps = stepsFrom(center, nodes, edges);
  const columns = [...Map.groupBy(nodes, ({ id }) => steps.get(id) ?? 0)].sort(([a], [b]) => a - b);
  const tallest = Math.max(1, ...columns.map(([, column]) => column.length));
  const height = tallest * (card.height + gap.y) - gap.y;
  const spots = new Map<string, Spot>();
  const fromTheMiddle = columns.toSorted(([a], [b]) => Math.abs(a) - Math.abs(b));
  for (const [step, column] of fromTheMiddle) {
    const x = columns.findIndex(([each]) => each === step) * (card.width + gap.x);
    const top = (height - (column.length * (card.height + gap.y) - gap.y)) / 2;
    const ordered = column
      .map((node) => ({ node, middle: middleOf(node.id, edges, spots) ?? height / 2 }))
      .sort((a, b) => a.middle - b.middle || compare(a.node, b.node));
    for (const [row, { node }] of ordered.entries())
      spots.set(node.id, { x, y: top + row * (card.height + gap.y) });
  }
  return { spots, width: columns.length * (card.width + gap.x) - gap.x, height };
}

/** How far each is from the middle, and on which side. */
function stepsFrom(center: string, nodes: readonly Named[], edges: readonly Link[]): Map<string, number> {
  const steps = new Map([[center, 0]]);
  // What a map is given while it is walked through is walked through too.
  for (const [id, step] of steps)
    for (const { from, to } of edges) {
      if (from === id && !steps.has(to)) steps.set(to, step + 1);
      if (to === id && !steps.has(from)) steps.set(from, step - 1);
    }
  for (const { id } of nodes) if (!steps.has(id)) steps.set(id, 0);
  return steps;
}

function middleOf(id: string, edges: readonly Link[], spots: ReadonlyMap<string, Spot>): number | undefined {
  const others = edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  const heights = others.flatMap((other) => spots.get(other)?.y ?? []);
  return heights.length === 0 ? undefined : heights.reduce((sum, y) => sum + y, 0) / heights.length;
}

const compare = (a: Named, b: Named) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`, "en");

/** The line between two cards, from side to side; between two in one column it goes around. */
export function linePath(from: Spot, to: Spot): string {
  const start = { x: from.x + card.width, y: from.y + card.height / 2 };
  const y = to.y + card.height / 2;
  if (to.x > from.x) return curve(start, { x: to.x, y });
  if (to.x < from.x) return curve({ x: from.x, y: start.y }, { x: to.x + card.width, y });
  const out = start.x + gap.x / 2;
  return `M${start.x} ${start.y}C${out} ${start.y} ${out} ${y} ${start.x} ${y}`;
}

function curve(a: Spot, b: Spot): string {
  const middle = (a.x + b.x) / 2;
  return `M${a.x} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.x} ${b.y}`;
}

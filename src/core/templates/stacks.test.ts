import { expect, test } from "vitest";
import { declaredKeys } from "../catalog/secret.ts";
import { compileDesign } from "../compile/compile-design.ts";
import { grid } from "./stack.ts";
import { stacks } from "./stacks.ts";

interface Box {
  id: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

const named = stacks.map((stack) => [stack.name, stack] as const);

test.each(named)("%s compiles without faults or warnings", (_, { nodes, edges }) => {
  const secrets = nodes.filter(({ type }) => type === "secret");
  const values = secrets.map(({ id, data }) => [
    id,
    Object.fromEntries(declaredKeys(data).map((key) => [key, "value"])),
  ]);
  const compiled = compileDesign({
    ...{ workflow_id: "wf", namespace: "shop", design: { nodes, edges } },
    values: { secrets: Object.fromEntries(values) },
  });
  expect(compiled.faults).toEqual([]);
  expect(compiled.warnings).toEqual([]);
});

test.each(named)("%s is drawn on the grid, from left to right, and nothing covers anything", (_, stack) => {
  const places = new Map(stack.nodes.map(({ id, position }) => [id, position]));
  for (const { source, target, id } of stack.edges) {
    const [from, to] = [places.get(source), places.get(target)];
    expect((from?.x ?? Number.NaN) + grid.width, id).toBeLessThan(to?.x ?? Number.NaN);
  }
  const { notes } = stack.canvas as { notes: Box[] };
  const cards = stack.nodes.map(({ id, position }) => ({ id, ...position, w: grid.width, h: grid.height }));
  const boxes = [...cards, ...notes];
  for (const [index, one] of boxes.entries()) {
    expect([one.x % 8, one.y % 8], one.id).toEqual([0, 0]);
    for (const other of boxes.slice(index + 1))
      expect(isApart(one, other), `${one.id} ${other.id}`).toBe(true);
  }
});

function isApart(one: Box, other: Box): boolean {
  return (
    one.x + one.w <= other.x ||
    other.x + other.w <= one.x ||
    one.y + one.h <= other.y ||
    other.y + other.h <= one.y
  );
}

import { expect, test } from "vitest";
import type { NodeStatus } from "../../contract/health.ts";
import { statusesAfter } from "./node-statuses.ts";

const fine: NodeStatus = { state: "healthy", message: "Fine" };
const failing: NodeStatus = { state: "error", message: "Image not found" };

type Metadata = Extract<Parameters<typeof statusesAfter>[1], { name: "metadata" }>;

const workflow = (nodes: { id: string; _status?: object }[]) => {
  const position = { x: 0, y: 0 };
  const drawn = nodes.map(({ id, ...data }) => ({ id, type: "service", position, data }));
  return { name: "metadata", data: { nodes: drawn } } as unknown as Metadata;
};
const update = (node_id: string, status: NodeStatus) => ({
  name: "node_update" as const,
  data: {
    ...{
      type: "workflow" as const,
      stream_key: "workflow:w",
      event_type: "node_update" as const,
      timestamp: "",
    },
    data: { node_id, type: "service", status },
  },
});

test("the first event tells everything, and forgets what was known", () => {
  const event = workflow([{ id: "a", _status: fine }, { id: "b" }]);
  expect(statusesAfter({ old: failing }, event)).toEqual({ a: fine });
});

test("later events change one node and leave the others the same objects", () => {
  const before = { a: fine, b: fine };
  const after = statusesAfter(before, update("a", failing));
  expect(after).toEqual({ a: failing, b: fine });
  expect(after.b).toBe(before.b);
});

import { type Static, Type } from "typebox";

/** Limits of one drawing: nodes and edges by count, one node by bytes of JSON, a key of its data by characters. */
export const designLimits = { nodes: 5_000, edges: 20_000, nodeBytes: 262_144, keyLength: 256 } as const;

const id = Type.String({ minLength: 1, maxLength: 256 });

/** An object of any shape. A `Record` would say the same, and ask a pattern about every key. */
const anyObject = (description?: string) =>
  Type.Unsafe<Record<string, unknown>>(
    Type.Object({}, { additionalProperties: true, ...(description && { description }) }),
  );

export const DesignNode = Type.Object({
  id,
  type: Type.String({
    minLength: 1,
    maxLength: 128,
    description: "A catalog entry, such as `deployment` or `service`.",
  }),
  position: Type.Object({ x: Type.Number(), y: Type.Number() }),
  data: anyObject("Settings of any shape, kept as given. `_status` is the server's own and is never stored."),
});
export type DesignNode = Static<typeof DesignNode>;

export const condition = Type.Enum(["exists", "ready", "completed"]);
export type Condition = Static<typeof condition>;

/** Which nodes belong together. An edge of type `dependency` also makes its target wait for its source. */
export const DesignEdge = Type.Object(
  {
    id,
    source: id,
    target: id,
    sourceHandle: Type.Optional(Type.Union([Type.String({ maxLength: 256 }), Type.Null()])),
    targetHandle: Type.Optional(Type.Union([Type.String({ maxLength: 256 }), Type.Null()])),
    type: Type.Optional(Type.String({ maxLength: 128 })),
    condition: Type.Optional(condition),
    data: Type.Optional(anyObject()),
  },
  { additionalProperties: true },
);
export type DesignEdge = Static<typeof DesignEdge>;

/** Groups, notes and hand-placed nodes of the canvas: kept as they are, ignored by plans, runs and diffs. */
export const Canvas = anyObject();

export const designProperties = {
  nodes: Type.Array(DesignNode, { maxItems: designLimits.nodes }),
  edges: Type.Array(DesignEdge, { maxItems: designLimits.edges }),
};

const Design = Type.Object(designProperties);
export type Design = Static<typeof Design>;

import { type Static, Type } from "typebox";

const data = Type.Optional(
  Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
);

const node = { node_id: Type.String(), type: Type.String() };

const FieldDiff = Type.Object({
  path: Type.String({ description: "JSON Pointer into the node's `data`." }),
  from: Type.Optional(Type.Unknown({ description: "Absent where there was no such field." })),
  to: Type.Optional(Type.Unknown({ description: "Absent where there is none any more." })),
});
export type FieldDiff = Static<typeof FieldDiff>;

/** Where a node lies. */
const position = Type.Object({ x: Type.Number(), y: Type.Number() });

const EdgeDiff = Type.Object({
  edge_id: Type.String(),
  source: Type.String(),
  target: Type.String(),
  sourceHandle: Type.Optional(Type.String()),
  targetHandle: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
});
export type EdgeDiff = Static<typeof EdgeDiff>;

const DesignDiff = Type.Object({
  added_nodes: Type.Array(Type.Object({ ...node, new_data: data })),
  removed_nodes: Type.Array(Type.Object({ ...node, old_data: data })),
  modified_nodes: Type.Array(
    Type.Object({
      ...node,
      old_type: Type.Optional(Type.String({ description: "Where that is what changed." })),
      old_data: data,
      new_data: data,
      fields: Type.Array(FieldDiff),
    }),
  ),
  moved_nodes: Type.Array(Type.Object({ ...node, from: position, to: position })),
  added_edges: Type.Array(EdgeDiff),
  removed_edges: Type.Array(EdgeDiff),
});
export type DesignDiff = Static<typeof DesignDiff>;

const SecretDiff = Type.Object({
  node_id: Type.String(),
  key: Type.String(),
  change: Type.Enum(["added", "removed", "changed", "same"]),
});
export type SecretDiff = Static<typeof SecretDiff>;

export const VersionDiff = Type.Object({
  from_version: Type.Integer(),
  to_version: Type.Integer(),
  ...DesignDiff.properties,
  secrets: Type.Array(SecretDiff, { description: "Whether the values differ; never what they are." }),
});

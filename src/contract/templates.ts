import { type Static, Type } from "typebox";
import { Canvas, designProperties } from "./design.ts";
import { endpoint } from "./operation.ts";

const Parameter = Type.Object({
  name: Type.String({ description: "The key in a node's `data`." }),
  label: Type.String(),
  description: Type.String(),
  type: Type.Enum(["string", "number", "boolean", "select", "object", "array"]),
  required: Type.Boolean(),
  default: Type.Optional(Type.Unknown({ description: "What a new node begins with." })),
  options: Type.Optional(Type.Array(Type.Object({ value: Type.String(), label: Type.String() }))),
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
});
export type Parameter = Static<typeof Parameter>;

export const Template = Type.Object({
  id: Type.String(),
  name: Type.String({ description: "The `type` of its nodes." }),
  displayName: Type.String(),
  category: Type.Enum(["core", "networking", "configuration", "storage"]),
  description: Type.String(),
  icon: Type.String(),
  version: Type.String(),
  tags: Type.Array(Type.String()),
  usageFrequency: Type.Enum(["very-high", "high", "medium", "low"]),
  difficulty: Type.Enum(["easy", "medium", "hard"]),
  dependencies: Type.Array(Type.String()),
  parameters: Type.Array(Parameter),
});
export type Template = Static<typeof Template>;

export const Stack = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  needs: Type.Array(Type.String(), { description: "What it takes to deploy it, in sentences." }),
  ...designProperties,
  canvas: Canvas,
});
export type Stack = Static<typeof Stack>;

export const templateOperations = {
  listTemplates: endpoint({
    method: "GET",
    path: "/v1/api/templates",
    summary: "Get available resource templates: a kind of node each",
    access: "user",
    query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
    success: 200,
    result: Type.Object({ templates: Type.Array(Template), total: Type.Integer() }),
  }),
  listStacks: endpoint({
    method: "GET",
    path: "/v1/api/templates/stacks",
    summary: "Get whole applications to begin with; the first is the sample",
    access: "user",
    success: 200,
    result: Type.Object({ stacks: Type.Array(Stack) }),
  }),
};

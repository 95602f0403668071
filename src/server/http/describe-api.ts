import { Type } from "typebox";
import { idempotencyKey, type Operation } from "../../contract/operation.ts";

const Refusal = Type.Object({
  error: Type.String(),
  details: Type.Optional(
    Type.Array(
      Type.Object({
        path: Type.String(),
        message: Type.String(),
        code: Type.Optional(Type.String()),
        node_id: Type.Optional(Type.String()),
      }),
    ),
  ),
});

export type ApiDescription = ReturnType<typeof describeApi>;
export type OperationDescription = ReturnType<typeof describeOperation>;

/** The contract, printed from the very schemas the server checks with. */
export function describeApi(api: Record<string, Operation>) {
  const paths: Record<string, Record<string, OperationDescription>> = {};
  for (const [name, operation] of Object.entries(api)) {
    const path = operation.path.replace(/:(\w+)/g, "{$1}");
    const method = operation.type === "endpoint" ? operation.method.toLowerCase() : "get";
    paths[path] = { ...paths[path], [method]: describeOperation(name, operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Orrery", version: "1" },
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    paths,
  };
}

function describeOperation(operationId: string, operation: Operation) {
  const { path, summary, access } = operation;
  const [, , , tag = ""] = path.split("/");
  return {
    operationId,
    summary,
    tags: [tag],
    ...(access === "admin" && { description: "For administrators." }),
    ...(access !== "public" && { security: [{ bearer: [] }] }),
    parameters: [...describePath(operation), ...describeQuery(operation), ...describeHeaders(operation)],
    ...(operation.type === "endpoint" &&
      operation.body && { requestBody: { content: asJson(operation.body) } }),
    responses: {
      ...describeSuccess(operation),
      default: { description: "Refused", content: asJson(Refusal) },
    },
  };
}

function describePath({ path, params }: Operation): Parameter[] {
  const known = propertiesOf(params);
  return Array.from(path.matchAll(/:(\w+)/g), ([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: known[name] ?? Type.String(),
  }));
}

function propertiesOf(schema: object | undefined): Record<string, object> {
  return schema && "properties" in schema ? (schema.properties as Record<string, object>) : {};
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: object;
}

function describeQuery({ query }: Operation): Parameter[] {
  const { required = [] } = (query ?? {}) as { required?: readonly string[] };
  return Object.entries(propertiesOf(query)).map(([name, schema]) => {
    const isRequired = required.includes(name) && !("default" in schema);
    return { name, in: "query", ...(isRequired && { required: true }), schema };
  });
}

function describeHeaders(operation: Operation): Parameter[] {
  const isRepeatable = operation.type === "endpoint" && operation.repeatable;
  return isRepeatable ? [{ name: "Idempotency-Key", in: "header", schema: idempotencyKey }] : [];
}

function describeSuccess(operation: Operation) {
  if (operation.type === "endpoint")
    return { [operation.success]: { description: "Success", content: asJson(operation.result) } };
  if (operation.type === "socket")
    return { 101: { description: "JSON text frames", "x-hears": operation.hears, "x-says": operation.says } };
  return {
    200: {
      description: "Server-sent events",
      content: { "text/event-stream": { "x-events": operation.events } },
    },
  };
}

function asJson(schema: object) {
  return { "application/json": { schema } };
}

import { type Static, Type } from "typebox";
import { Canvas, DesignEdge, DesignNode } from "./design.ts";
import { idParam, Time } from "./ids.ts";
import { listQuery, paged } from "./list-query.ts";
import { endpoint } from "./operation.ts";
import { RunStatus } from "./runs.ts";
import { VersionDiff } from "./version-diff.ts";
import { Workflow, writable } from "./workflows.ts";

const summary = {
  id: Type.String(),
  workflow_id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  name: Type.Optional(Type.String()),
  tag: Type.Optional(Type.String()),
  description: Type.String(),
  is_automatic: Type.Boolean({ description: "Made by a run." }),
  unchanged: Type.Boolean({ description: "The drawing is that of the version before." }),
  live: Type.Boolean({ description: "Deployed last, as far as a run has succeeded with it." }),
  restored_from: Type.Optional(Type.Integer({ minimum: 1 })),
  run_id: Type.Optional(Type.String()),
  run_status: Type.Optional(RunStatus),
  created_by: Type.String(),
  created_at: Time,
};

const Version = Type.Object({
  ...summary,
  nodes: Type.Array(DesignNode),
  edges: Type.Array(DesignEdge),
  canvas: Type.Optional(Canvas),
});
export type Version = Static<typeof Version>;

const VersionSummary = Type.Object({
  ...summary,
  nodes: Type.Optional(Type.Array(DesignNode)),
  edges: Type.Optional(Type.Array(DesignEdge)),
  canvas: Type.Optional(Canvas),
});
export type VersionSummary = Static<typeof VersionSummary>;

/** What can be said of a version; an empty text takes a name or a tag away. */
const Labels = Type.Object({
  name: Type.Optional(
    Type.String({ maxLength: 200, pattern: "^(?:(?=[^]*[^\\p{C}\\p{Z}])[^\\p{Cc}\\p{Cs}]*)?$" }),
  ),
  tag: Type.Optional(
    Type.String({ maxLength: 64, pattern: "^(?:(?=[^]*[^\\p{C}\\p{Z}])[^\\p{Cc}\\p{Cs}]*)?$" }),
  ),
  description: Type.Optional(writable.description),
});
export type Labels = Static<typeof Labels>;

const Told = Type.Object({ message: Type.String(), version: Version });

const SecretValue = Type.Object({
  set_at: Time,
  by: Type.String({ description: "The user whose run it was given to." }),
  present: Type.Boolean({ description: "Whether the newest version still has it." }),
});
const SecretValues = Type.Record(Type.String(), Type.Record(Type.String(), SecretValue));
export type SecretValues = Static<typeof SecretValues>;

const most = 999_999_999;
const params = Type.Object({ id: idParam("workflow") });
const versionParams = Type.Object({
  ...params.properties,
  version: Type.String({ pattern: "^[1-9][0-9]{0,8}$", title: "Invalid version number" }),
});
const number = (name: string) =>
  Type.Integer({ minimum: 1, maximum: most, title: `Invalid or missing version number ${name}` });

export const versionOperations = {
  listVersions: endpoint({
    method: "GET",
    path: "/v1/api/workflows/:id/versions",
    summary: "List versions, newest first",
    access: "user",
    params,
    query: Type.Object({
      ...listQuery(["version", "created_at"]).properties,
      fields: Type.Enum(["all", "summary"], {
        default: "all",
        description: "`summary` leaves the drawings out.",
      }),
    }),
    success: 200,
    result: paged("versions", VersionSummary),
  }),
  getVersion: endpoint({
    method: "GET",
    path: "/v1/api/workflows/:id/versions/:version",
    summary: "Get a specific version",
    access: "user",
    params: versionParams,
    success: 200,
    result: Version,
  }),
  createVersion: endpoint({
    method: "POST",
    path: "/v1/api/workflows/:id/versions",
    summary: "Create a version of the drawing as it is saved",
    access: "user",
    params,
    body: Labels,
    repeatable: true,
    success: 201,
    result: Told,
  }),
  updateVersion: endpoint({
    method: "PUT",
    path: "/v1/api/workflows/:id/versions/:version",
    summary: "Update a version's name, tag or description; absent ones stay as they are",
    access: "user",
    params: versionParams,
    body: Labels,
    success: 200,
    result: Told,
  }),
  restoreVersion: endpoint({
    method: "POST",
    path: "/v1/api/workflows/:id/versions/:version/restore",
    summary: "Make a version's drawing the draft, as a new version; nothing is deployed",
    access: "user",
    params: versionParams,
    success: 200,
    result: Type.Object({ ...Told.properties, workflow: Workflow }),
  }),
  compareVersions: endpoint({
    method: "GET",
    path: "/v1/api/workflows/:id/versions/compare",
    summary: "Compare two versions, by field; layout is told apart",
    access: "user",
    params,
    query: Type.Object({ v1: number("v1"), v2: number("v2") }),
    success: 200,
    result: VersionDiff,
  }),
  listSecretValues: endpoint({
    method: "GET",
    path: "/v1/api/workflows/:id/secrets",
    summary: "Which secret values were given, by node and key; never the values",
    access: "user",
    params,
    success: 200,
    result: SecretValues,
  }),
};

import { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import type { Labels } from "../../../contract/versions.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../../core/json-text.ts";
import { notFound } from "../../../core/problem.ts";
import { secretValuesOf } from "../../../core/versions/secret-hashes.ts";
import type { WorkflowEvents } from "../../events/workflow-events.ts";
import type { Mount } from "../../http/mount.ts";
import type { LabelColumns, VersionStore } from "../../storage/versions.ts";
import type { StoredVersion, Versioned } from "../../storage/versions-read.ts";
import { compareVersions } from "./compare-versions.ts";
import { versionText } from "./version-text.ts";

interface VersionNeeds {
  versions: VersionStore;
  events: Pick<WorkflowEvents, "saved">;
  now(): Date;
}

/** Versions of drawings: none of this ever asks a cluster for anything. */
export function versionRoutes(mount: Mount, { versions, events, now }: VersionNeeds): void {
  async function owned(id: string, owner_id: string): Promise<Versioned> {
    const workflow = await versions.workflowOf(id, owner_id);
    if (!workflow) throw notFound("Workflow");
    return workflow;
  }
  const asked = (workflow_id: string, owner_id: string) => ({
    workflow_id,
    owner_id,
    at: now().toISOString(),
  });

  mount.endpoint(api.listVersions, async ({ params, query, user }) => {
    const workflow = await owned(params.id, user.id);
    const { rows, total } = await versions.list(params.id, query);
    const texts = rows.map((row) => versionText(row, workflow));
    const { page, limit } = query;
    const text = `{"versions":[${texts.join(",")}],"total":${total},"page":${page},"limit":${limit}}`;
    return text as JsonText<Result<typeof api.listVersions>>;
  });

  mount.endpoint(api.getVersion, async ({ params, user }) => {
    const workflow = await owned(params.id, user.id);
    const version = await versions.find(params.id, Number(params.version));
    if (!version) throw notFound("Version");
    return versionText(version, workflow);
  });

  mount.endpoint(api.createVersion, async ({ params, body, user }) => {
    const version = await versions.create(asked(params.id, user.id), toColumns(body));
    return told("Version created successfully", version, await owned(params.id, user.id));
  });

  mount.endpoint(api.updateVersion, async ({ params, body, user }) => {
    const number = Number(params.version);
    const version = await versions.label(asked(params.id, user.id), number, toColumns(body));
    return told("Version updated successfully", version, await owned(params.id, user.id));
  });

  mount.endpoint(api.restoreVersion, async ({ params, user }) => {
    const number = Number(params.version);
    const { version, workflow } = await versions.restore(asked(params.id, user.id), number);
    events.saved(params.id, () => fromJsonText(workflow).revision, user.id);
    const text = told("Version restored successfully", version, await owned(params.id, user.id));
    return `${text.slice(0, -1)},"workflow":${workflow}}` as JsonText<Result<typeof api.restoreVersion>>;
  });

  mount.endpoint(api.compareVersions, async ({ params, query, user }) => {
    await owned(params.id, user.id);
    return compareVersions(versions, params.id, query.v1, query.v2);
  });

  mount.endpoint(api.listSecretValues, async ({ params, user }) => {
    await owned(params.id, user.id);
    return secretValuesOf(await versions.secretHistory(params.id));
  });
}

function told(message: string, version: StoredVersion, workflow: Versioned) {
  const text = `{"message":${toJsonText(message)},"version":${versionText(version, workflow)}}`;
  return text as JsonText<Result<typeof api.createVersion>>;
}

/** Only what is there changes; an empty name or tag is none. */
function toColumns({ name, tag, description }: Labels): LabelColumns {
  return {
    ...(name !== undefined && { name: name || null }),
    ...(tag !== undefined && { tag: tag || null }),
    ...(description !== undefined && { description }),
  };
}

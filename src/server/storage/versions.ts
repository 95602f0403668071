import type { Transaction } from "kysely";
import type { Workflow } from "../../contract/workflows.ts";
import { fromJsonText, type JsonText, toJsonText } from "../../core/json-text.ts";
import { notFound } from "../../core/problem.ts";
import { designOf } from "../../core/versions/design-of.ts";
import type { Database } from "./database.ts";
import type { Tables, VersionRow } from "./tables.ts";
import { addVersion, hashesOf, lastVersion, numberAfter } from "./version-log.ts";
import { findVersion, type StoredVersion, versionReads } from "./versions-read.ts";
import { changeHead, changeWorkflow, type LockedRow, lockWorkflow } from "./workflows-change.ts";

export type VersionStore = ReturnType<typeof versionStore>;

/** Whose workflow is meant, and when. */
export interface Asked {
  workflow_id: string;
  owner_id: string;
  at: string;
}

/** Nothing of a version but this ever changes. */
export type LabelColumns = Partial<Pick<VersionRow, "name" | "tag" | "description">>;

export interface Restored {
  version: StoredVersion;
  workflow: JsonText<Workflow>;
}

export function versionStore(database: Database) {
  const { write } = database;
  return Object.assign(versionReads(database), {
    /** Makes a version of the drawing as it is saved. */
    create: (asked: Asked, labels: LabelColumns): Promise<StoredVersion> =>
      write((tx) => createVersion(tx, asked, labels)),

    label: (asked: Asked, version: number, labels: LabelColumns): Promise<StoredVersion> =>
      write((tx) => labelVersion(tx, asked, version, labels)),

    /** Makes a version's drawing the draft, and a version of that, or neither. */
    restore: (asked: Asked, version: number): Promise<Restored> =>
      write((tx) => restoreVersion(tx, asked, version)),
  });
}

async function createVersion(
  tx: Transaction<Tables>,
  { workflow_id, owner_id, at }: Asked,
  labels: LabelColumns,
): Promise<StoredVersion> {
  const row = await lockOwned(tx, workflow_id, owner_id);
  const last = await lastVersion(tx, workflow_id);
  await changeHead(tx, row, (head) => ({ ...head, ...versioned(numberAfter(last), at) }));
  const design = toJsonText(designOf(fromJsonText(row.document)));
  // Nothing is deployed by it, so the values that the cluster holds stay known.
  const made = await addVersion(tx, last, {
    ...{ workflow_id, design, canvas: row.canvas, created_by: owner_id, created_at: at },
    ...{ description: "", ...labels, secret_hashes: hashesOf(last) },
  });
  return { ...made, run_status: null };
}

async function labelVersion(
  tx: Transaction<Tables>,
  { workflow_id, owner_id }: Asked,
  version: number,
  labels: LabelColumns,
): Promise<StoredVersion> {
  await lockOwned(tx, workflow_id, owner_id);
  if (Object.keys(labels).length > 0)
    await tx
      .updateTable("versions")
      .set(labels)
      .where("workflow_id", "=", workflow_id)
      .where("version", "=", version)
      .execute();
  const labelled = await findVersion(tx, workflow_id, version);
  if (!labelled) throw notFound("Version");
  return labelled;
}

async function restoreVersion(
  tx: Transaction<Tables>,
  { workflow_id, owner_id, at }: Asked,
  version: number,
): Promise<Restored> {
  const row = await lockOwned(tx, workflow_id, owner_id);
  const old = await findVersion(tx, workflow_id, version);
  if (!old?.design) throw notFound("Version");
  const { design, canvas = null } = old;
  const last = await lastVersion(tx, workflow_id);
  const workflow = await changeWorkflow(tx, row, (before) => ({
    ...before,
    ...fromJsonText(design),
    // A version without groups and notes says nothing about those that are there now.
    ...(canvas !== null && { canvas: JSON.parse(canvas) }),
    ...versioned(numberAfter(last), at),
  }));
  // A restore deploys nothing either.
  const made = await addVersion(tx, last, {
    ...{ workflow_id, design, canvas, created_by: owner_id, created_at: at },
    ...{ description: `Restored from version ${version}`, restored_from: version },
    secret_hashes: hashesOf(last),
  });
  return { version: { ...made, run_status: null }, workflow };
}

function versioned(current_version: number, updated_at: string) {
  return { current_version, updated_at };
}

/** Somebody else's workflow is missing, like one that never was. */
async function lockOwned(tx: Transaction<Tables>, workflow_id: string, owner_id: string): Promise<LockedRow> {
  const row = await lockWorkflow(tx, workflow_id);
  if (row?.owner_id !== owner_id) throw notFound("Workflow");
  return row;
}

import type { Design } from "../../contract/design.ts";
import { fromJsonText, type JsonText } from "../../core/json-text.ts";
import type { Reader } from "./database.ts";
import type { PreimageRow, RunRow } from "./tables.ts";

export interface RunSource {
  design: Design;
  restored_from: number | null;
  name: string;
  revision: number;
}

type DeployedTo = Pick<RunRow, "cluster_id" | "namespace">;

/** What an executor has to know of a run: what it deploys, and what it has done so far. */
export function runSources(read: Reader) {
  return {
    /** What a run is to deploy, and the workflow it is of. */
    async sourceOf({ workflow_id, version }: Pick<RunRow, "workflow_id" | "version">): Promise<RunSource> {
      const found = await read
        .selectFrom("versions")
        .innerJoin("workflows", "workflows.id", "versions.workflow_id")
        .select(["versions.design", "versions.restored_from", "workflows.name", "workflows.revision"])
        .where("versions.workflow_id", "=", workflow_id)
        .where("versions.version", "=", version)
        .executeTakeFirstOrThrow();
      return { ...found, design: fromJsonText(found.design) };
    },

    /** The drawing of a version, if there is such a version. */
    versionText: (workflow_id: string, version: number) => designText(read, workflow_id, version),

    /** Where a version was deployed to, if it was: the newest run of it that came to a good end. */
    deployOf: (workflow_id: string, version: number) => deployedTo(read, workflow_id, version),

    /** What a run has written so far, the last first: the order in which it is taken back. */
    preimagesOf(run_id: string): Promise<PreimageRow[]> {
      return read
        .selectFrom("preimages")
        .selectAll()
        .where("run_id", "=", run_id)
        .orderBy("seq", "desc")
        .execute();
    },
  };
}

async function designText(
  read: Reader,
  workflow_id: string,
  version: number,
): Promise<JsonText<Design> | undefined> {
  const found = await read
    .selectFrom("versions")
    .select("design")
    .where("workflow_id", "=", workflow_id)
    .where("version", "=", version)
    .executeTakeFirst();
  return found?.design;
}

async function deployedTo(
  read: Reader,
  workflow_id: string,
  version: number,
): Promise<DeployedTo | undefined> {
  return read
    .selectFrom("runs")
    .select(["cluster_id", "namespace"])
    .where("workflow_id", "=", workflow_id)
    .where("version", "=", version)
    .where("status", "=", "completed")
    .where("intent", "=", "deploy")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

import type { ClusterCredentials } from "../../../contract/clusters.ts";
import { unavailable } from "../../../core/problem.ts";
import type { Access } from "../../cluster/authentication.ts";
import type { Connections } from "../../cluster/connections.ts";
import type { Outbound } from "../../outbound/outbound.ts";
import type { Sealing } from "../../secrets/sealing.ts";
import type { ClusterStore } from "../../storage/clusters.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import type { TestLimits } from "./test-limits.ts";

export interface ClusterNeeds {
  clusters: ClusterStore;
  connections: Pick<Connections, "to" | "once" | "forget">;
  outbound: Pick<Outbound, "judge">;
  sealing: Sealing;
  limits: TestLimits;
  newId(): string;
  now(): Date;
}

/** What a cluster's row holds sealed: what was given, to be added to, and what a connection makes of it. */
export interface Kept {
  given: ClusterCredentials;
  access: Access;
}

type Row = Pick<ClusterRow, "id" | "owner_id" | "credentials">;

export function sealKept(
  { sealing }: Pick<ClusterNeeds, "sealing">,
  row: Omit<Row, "credentials">,
  kept: Kept,
) {
  return sealing.seal(JSON.stringify(kept), placeOf(row));
}

/** Fails for a row whose credentials were sealed for another place, or with a key that is gone. */
export function openKept({ sealing }: Pick<ClusterNeeds, "sealing">, row: Row): Kept {
  try {
    return JSON.parse(sealing.open(row.credentials, placeOf(row))) as Kept;
  } catch {
    throw unavailable(unreadable);
  }
}

export const unreadable = "The stored credentials cannot be opened: give them again";

function placeOf({ id, owner_id }: Omit<Row, "credentials">) {
  return { table: "clusters", row: id, owner: owner_id, field: "credentials" };
}

/** Seals anew, with the present key, what an earlier one sealed. What neither opens stays as it is. */
export async function resealClusters(needs: Pick<ClusterNeeds, "sealing" | "clusters">): Promise<void> {
  let last = "";
  for (;;) {
    const rows = await needs.clusters.sealedAfter(last);
    for (const row of rows) {
      if (!needs.sealing.needsResealing(row.credentials)) continue;
      const kept = opened(needs, row);
      if (kept) await needs.clusters.reseal(row.id, row.credentials, sealKept(needs, row, kept));
    }
    const final = rows.at(-1);
    if (!final) return;
    last = final.id;
  }
}

function opened(needs: Pick<ClusterNeeds, "sealing">, row: Row): Kept | undefined {
  try {
    return openKept(needs, row);
  } catch {
    return undefined;
  }
}

import type { ClusterRow } from "../../storage/tables.ts";

export type TellStatus = ReturnType<typeof createTellStatus>;

/** Told that a cluster is otherwise than before, and who may know. */
export type OnStatus = (
  cluster: Pick<ClusterRow, "id" | "name" | "status" | "last_check">,
  user_ids: readonly string[],
) => void;

interface Needs {
  grants: { holders(cluster_id: string): Promise<string[]> };
  onStatus?: OnStatus | undefined;
}

/** Tells of a change of status, where there is one and somebody to be told. */
export function createTellStatus({ grants, onStatus }: Needs) {
  return async (before: Pick<ClusterRow, "status">, after: Parameters<OnStatus>[0]): Promise<void> => {
    if (!onStatus || before.status === after.status) return;
    onStatus(after, await grants.holders(after.id));
  };
}

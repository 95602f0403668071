import { stateOf } from "./apply-waves.ts";
import type { Conducting } from "./deploy-needs.ts";
import type { Removal } from "./removals.ts";

/** Keeps how objects are that a run is about to delete, so that taking back can make them anew. */
export function keepDoomed({ run, runs, journal, sealState }: Conducting) {
  const seal = (object_key: string, text: string) => sealState(run, object_key, text);

  return async (doomed: readonly Removal[]): Promise<void> => {
    const { length } = await runs.preimagesOf(run.id);
    const before = doomed.map(({ row, live }, index) => {
      const { object_key, api_version, node_id } = row;
      const place = { object_key, api_version, node_id, seq: length + index + 1 };
      return { ...place, ...stateOf({ seal }, object_key, live) };
    });
    await journal.commit([], before);
  };
}

import type { ClusterMetrics } from "../../../contract/cluster-observe.ts";
import { type Measured, measureCluster } from "../../background/clusters/measure-cluster.ts";
import type { ClusterRow } from "../../storage/tables.ts";

type Measures = Omit<ClusterMetrics, "clusterName">;

interface Kept {
  credentials: string;
  untilMs: number;
  measures: Promise<Measures>;
}

const freshMs = 30_000;

/** However many look at a cluster's figures, it is asked for them twice a minute at most. */
export function createMetricsCache(connect: (row: ClusterRow) => Measured, now: () => Date) {
  const kept = new Map<string, Kept>();

  async function measure(row: ClusterRow): Promise<Measures> {
    const measures = await measureCluster(connect(row));
    return { ...measures, lastUpdated: now().toISOString() };
  }

  function forgetOld(): void {
    for (const [id, { untilMs }] of kept) if (untilMs <= performance.now()) kept.delete(id);
  }

  return async (row: ClusterRow): Promise<Measures> => {
    forgetOld();
    const { id, credentials } = row;
    const known = kept.get(id);
    if (known?.credentials === credentials) return known.measures;
    const measures = measure(row);
    const entry = { credentials, untilMs: performance.now() + freshMs, measures };
    kept.set(id, entry);
    // A failure is not kept: it may be over by the next time.
    measures.catch(() => kept.get(id) === entry && kept.delete(id));
    return measures;
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import type { InventoryStore } from "../storage/inventory.ts";
import type { ClusterView } from "./cluster-view.ts";

interface KeepNeeds {
  inventory: Pick<InventoryStore, "usedPlaces">;
  /** The view of a cluster through its present connection. */
  viewOf(cluster_id: string): Promise<ClusterView>;
  views: { open(): string[]; close(cluster_id: string): void };
  report(error: unknown): void;
  everyMs?: number;
}

const minuteMs = 60_000;
/** A run that has just begun has nothing deployed yet, and is looking all the same. */
const mostUnused = 10;

/**
 * Follows what is deployed wherever that is, and no longer than that. It is looked at again each minute: a cluster that
 * would not have us may do so by then, and one with new credentials is another connection.
 */
export async function keepFollowed(needs: KeepNeeds, signal: AbortSignal): Promise<void> {
  const { inventory, report, everyMs = minuteMs } = needs;
  const unused = new Map<string, number>();
  const told = new Map<string, string>();

  /** One that is away or was removed keeps no other from being followed. */
  async function follow(cluster_id: string, namespaces: readonly string[]): Promise<void> {
    try {
      const view = await needs.viewOf(cluster_id);
      const missing = namespaces.filter((namespace) => !view.includes(namespace));
      await Promise.all(missing.map((namespace) => view.include(namespace, signal)));
      told.delete(cluster_id);
    } catch (error) {
      // The same every minute is said once.
      if (signal.aborted || told.get(cluster_id) === String(error)) return;
      told.set(cluster_id, String(error));
      report(error);
    }
  }

  function closeUnused(used: ReadonlySet<string>): void {
    for (const id of needs.views.open()) {
      const times = used.has(id) ? 0 : (unused.get(id) ?? 0) + 1;
      unused.set(id, times);
      if (times < mostUnused) continue;
      unused.delete(id);
      needs.views.close(id);
    }
  }

  async function look(): Promise<void> {
    const places = await inventory.usedPlaces();
    for (const { cluster_id, namespaces } of places) void follow(cluster_id, namespaces);
    closeUnused(new Set(places.map(({ cluster_id }) => cluster_id)));
  }

  while (!signal.aborted) {
    await look().catch(report);
    await sleep(everyMs * (0.9 + Math.random() / 5), undefined, { signal }).catch(() => undefined);
  }
}

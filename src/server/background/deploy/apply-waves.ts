import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import type { InventoryRow } from "../../storage/tables.ts";
import { type ApplyNeeds, applyNode, rowOf } from "./apply-node.ts";
import type { Journal } from "./journal.ts";
import type { NodeProgress } from "./node-progress.ts";

interface WaveNeeds extends ApplyNeeds {
  journal: Journal;
  /** The inventory as it was when the run began, by object key. */
  known: ReadonlyMap<string, InventoryRow>;
}

/**
 * Applies waves of nodes. What a wave is about to write is noted before, in one write of our own, and that is done
 * while the wave before it is under way: no node waits for the disk.
 */
export function createWaves(needs: WaveNeeds) {
  const { journal } = needs;
  const noted = new Map<NodeProgress, Promise<void>>();

  function note(nodes: readonly NodeProgress[]): void {
    const fresh = nodes.filter((node) => !noted.has(node));
    const writing = journal.commit(fresh.flatMap((node) => intentsOf(needs, node)));
    // Who applies the node waits for it, and hears of a failure there.
    writing.catch(() => undefined);
    for (const node of fresh) noted.set(node, writing);
  }

  async function apply(node: NodeProgress): Promise<void> {
    const keys = sentOf(needs, node).map(keyOf);
    if (keys.length > 0) journal.log(`Applying ${keys.join(", ")}`, node.node.node_id);
    journal.noteLater(await applyNode(needs, node));
  }

  return async (wave: readonly NodeProgress[], after: readonly NodeProgress[]): Promise<Promise<void>[]> => {
    if (wave.some((node) => !noted.has(node))) note([...wave, ...after]);
    await Promise.all(wave.map((node) => noted.get(node)));
    const works = wave.map(apply);
    note(after);
    return works;
  };
}

/** What is about to be written of a node, to be noted before it is. */
function intentsOf(needs: WaveNeeds, progress: NodeProgress): InventoryRow[] {
  return sentOf(needs, progress).map((object) => {
    const row = rowOf(needs.run, progress.node.node_id, object);
    const { uid = null, resource_version = null } = needs.known.get(row.object_key) ?? {};
    return { ...row, uid, resource_version, applied_hash: null };
  });
}

function sentOf({ checked }: WaveNeeds, { node }: NodeProgress): KubernetesObject[] {
  return node.objects.filter((object) => !checked.get(object)?.untouched);
}

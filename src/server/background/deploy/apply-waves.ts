import { type KubernetesObject, keyOf } from "../../../core/kubernetes-object.ts";
import type { RunRecord } from "../../storage/run-types.ts";
import type { InventoryRow } from "../../storage/tables.ts";
import { type ApplyNeeds, applyNode, rowOf } from "./apply-node.ts";
import type { Journal } from "./journal.ts";
import type { NodeProgress } from "./node-progress.ts";

interface WaveNeeds extends ApplyNeeds {
  journal: Journal;
  /** The inventory as it was when the run began, by object key. */
  known: ReadonlyMap<string, InventoryRow>;
  /** How many objects the run has written before, where it goes on after a crash. */
  written: number;
  seal(object_key: string, text: string): string;
}

/**
 * Applies waves of nodes. What a wave is about to write is noted before, in one write of our own. That is done while
 * the cluster is busy with the wave before it, together with all that was told until then: no node waits for the disk.
 */
export function createWaves(needs: WaveNeeds) {
  const { journal } = needs;
  const noted = new Map<NodeProgress, Promise<void>>();
  let seq = needs.written;

  function note(nodes: readonly NodeProgress[]): void {
    const fresh = nodes.filter((node) => !noted.has(node));
    const before = fresh.flatMap((node) => preimagesOf(needs, node, () => (seq += 1)));
    const writing = journal.commit(
      fresh.flatMap((node) => intentsOf(needs, node)),
      before,
    );
    // Who applies the node waits for it, and hears of a failure there.
    writing.catch(() => undefined);
    for (const node of fresh) noted.set(node, writing);
  }

  async function apply(node: NodeProgress): Promise<void> {
    const keys = sentOf(needs, node).map(keyOf);
    if (keys.length > 0) journal.log(`Applying ${keys.join(", ")}`, node.node.node_id);
    journal.noteLater(await applyNode(needs, node));
  }

  return {
    async apply(wave: readonly NodeProgress[]): Promise<Promise<void>[]> {
      note(wave);
      await Promise.all(wave.map((node) => noted.get(node)));
      return wave.map(apply);
    },

    foresee(wave: readonly NodeProgress[], after: readonly NodeProgress[]): void {
      note(after);
      // Where nothing is sent the cluster is not busy, and the next wave comes at once.
      if (wave.some((node) => sentOf(needs, node).length > 0)) journal.writeDown();
    },
  };
}

type Preimage = NonNullable<RunRecord["preimages"]>[number];

/** How the objects of a node are before they are written. A Secret's values are sealed, as they are everywhere. */
function preimagesOf(needs: WaveNeeds, progress: NodeProgress, nextSeq: () => number): Preimage[] {
  return sentOf(needs, progress).map((object) => {
    const { live } = needs.checked.get(object) ?? {};
    const { node_id } = progress.node;
    const place = { object_key: keyOf(object), api_version: object.apiVersion, node_id };
    return { ...place, seq: nextSeq(), ...stateOf(needs, place.object_key, live) };
  });
}

/** An object as it is before a run changes or deletes it. */
export function stateOf({ seal }: Pick<WaveNeeds, "seal">, object_key: string, live?: KubernetesObject) {
  const is_sealed = live?.kind === "Secret" ? 1 : 0;
  const text = live ? JSON.stringify(live) : null;
  return { is_sealed, state: text !== null && is_sealed ? seal(object_key, text) : text };
}

/** What is about to be written of a node, to be noted before it is. */
function intentsOf(needs: WaveNeeds, progress: NodeProgress): InventoryRow[] {
  return sentOf(needs, progress).map((object) => {
    const row = rowOf(needs.run, progress.node.node_id, object, needs.checked.get(object));
    const { uid = null, resource_version = null } = needs.known.get(row.object_key) ?? {};
    return { ...row, uid, resource_version, applied_hash: null };
  });
}

function sentOf({ checked }: WaveNeeds, { node }: NodeProgress): KubernetesObject[] {
  return node.objects.filter((object) => !checked.get(object)?.untouched);
}

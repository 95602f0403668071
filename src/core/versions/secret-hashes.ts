import type { Design, DesignNode } from "../../contract/design.ts";
import type { TriggerData } from "../../contract/runs.ts";
import type { SecretDiff } from "../../contract/version-diff.ts";
import type { SecretValues } from "../../contract/versions.ts";
import { declaredKeys, isPlaceholder } from "../catalog/secret.ts";

type ByKey<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** Keyed hashes of secret values, by node id and key: good for telling whether a value is another, and for nothing else. */
export type SecretHashes = ByKey<string>;

/** Of each value given its hash by the present key, and after it those by keys before that. */
export type GivenHashes = ByKey<readonly string[]>;

/** The hashes of the values that a run is given and its nodes take. */
export function hashGiven(
  { nodes }: Design,
  { secrets = {}, envVars = {} }: TriggerData,
  hashesOf: (node_id: string, key: string, value: string) => string[],
): GivenHashes {
  const taken = nodes.map(({ id, type }) => {
    const values = Object.entries(own(type === "secret" ? secrets : envVars, id) ?? {});
    const named = values.filter(([key]) => !isPlaceholder(key));
    return [id, Object.fromEntries(named.map(([key, value]) => [key, hashesOf(id, key, value)]))] as const;
  });
  return byKey(taken);
}

/** What a version knows after the one before it: what it is given, and what its drawing still holds of the rest. */
export function carryHashes(design: Design, before: SecretHashes, given: GivenHashes): SecretHashes {
  const held = heldHashes(design, before);
  const ids = [...new Set([...Object.keys(held), ...Object.keys(given)])];
  return byKey(
    ids.map((id) => {
      const fresh = Object.entries(own(given, id) ?? {}).flatMap(([key, hashes]) => {
        // A value that an earlier key knew keeps that hash, or it would look like another after the key was changed.
        const known = own(own(before, id), key);
        const hash = hashes.find((each) => each === known) ?? hashes[0];
        return hash === undefined ? [] : [[key, hash] as const];
      });
      return [id, { ...own(held, id), ...Object.fromEntries(fresh) }];
    }),
  );
}

/** Of a drawing's nodes alone: a secret keeps the values it declares, a workload all it was ever given. */
export function heldHashes({ nodes }: Design, hashes: SecretHashes): SecretHashes {
  return byKey(nodes.map((node) => [node.id, heldBy(node, own(hashes, node.id) ?? {})]));
}

function heldBy({ type, data }: DesignNode, hashes: Readonly<Record<string, string>>) {
  if (type !== "secret") return hashes;
  const declared = new Set(declaredKeys(data));
  return Object.fromEntries(Object.entries(hashes).filter(([key]) => declared.has(key)));
}

export function compareHashes(before: SecretHashes, after: SecretHashes): SecretDiff[] {
  const all = byKey(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].map((id) => [
      id,
      { ...own(before, id), ...own(after, id) },
    ]),
  );
  return entriesOf(all).map(([node_id, key]) => {
    const [from, to] = [own(own(before, node_id), key), own(own(after, node_id), key)];
    return { node_id, key, change: changeOf(from, to) };
  });
}

function changeOf(from: string | undefined, to: string | undefined): SecretDiff["change"] {
  if (from === undefined) return "added";
  if (to === undefined) return "removed";
  return from === to ? "same" : "changed";
}

interface Known {
  hashes: SecretHashes;
  created_at: string;
  created_by: string;
}

/** When each value was set last, and whether it still is there, from what the versions knew in their order. */
export function secretValuesOf(versions: readonly Known[]): SecretValues {
  const found = new Map<string, Map<string, { set_at: string; by: string; present: boolean }>>();
  let before: SecretHashes = {};
  for (const { hashes, created_at, created_by } of versions) {
    for (const [node_id, key, hash] of entriesOf(hashes)) {
      if (own(own(before, node_id), key) === hash) continue;
      const keys = found.get(node_id) ?? new Map();
      found.set(node_id, keys.set(key, { set_at: created_at, by: created_by, present: false }));
    }
    before = hashes;
  }
  for (const [node_id, key] of entriesOf(before)) {
    const value = found.get(node_id)?.get(key);
    if (value) value.present = true;
  }
  return Object.fromEntries([...found].map(([node_id, keys]) => [node_id, Object.fromEntries(keys)]));
}

function entriesOf<T>(byNode: ByKey<T>): [node_id: string, key: string, value: T][] {
  return Object.entries(byNode).flatMap(([node_id, keys]) =>
    Object.entries(keys).map(([key, value]): [string, string, T] => [node_id, key, value]),
  );
}

/** In the order of ids and keys, so that what is the same has one text; nodes without keys are left out. */
function byKey<T>(entries: readonly (readonly [string, Readonly<Record<string, T>>])[]): ByKey<T> {
  const filled = entries.filter(([, keys]) => Object.keys(keys).length > 0);
  return Object.fromEntries(
    filled
      .toSorted(byFirst)
      .map(([id, keys]) => [id, Object.fromEntries(Object.entries(keys).toSorted(byFirst))]),
  );
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Ids and keys are anybody's words, and some of them are names that every object has. */
function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

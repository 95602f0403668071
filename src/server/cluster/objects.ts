import type { KubernetesObject, ObjectIdentity } from "../../core/kubernetes-object.ts";
import type { Discovery } from "./discovery.ts";
import { ClusterRefusal, inOurWords, type Rest } from "./rest.ts";
import type { Throttle } from "./throttle.ts";

export const fieldManager = "orrery";

export interface Asking {
  signal: AbortSignal;
  /**
   * What gives up a write that is under way, where `signal` only keeps others from being begun: one that is given up may
   * still arrive, and undo what is done next.
   */
  underWay?: AbortSignal | undefined;
  /** How long a cluster that is away is waited for. */
  patienceMs?: number;
}

export interface Applying extends Asking {
  /** Checked, defaulted and admitted as if for real, and then forgotten. */
  dryRun?: boolean;
  /** Takes what other managers have. Only where people chose so: it takes every field of the object. */
  force?: boolean;
  /** Who the fields will belong to, where it is not us. */
  manager?: string;
}

export type Ask = <T>(work: () => Promise<T>, asking: Asking) => Promise<T>;

export function asker({ patiently }: Throttle): Ask {
  return (work, { signal, patienceMs = 0 }) => inOurWords(patiently(work, signal, { patienceMs }));
}

/** Reading and writing single objects. Each call may be made twice and does the same. */
export function objectCalls(rest: Rest, discovery: Discovery, ask: Ask) {
  return {
    /** Server-side apply. Unless forced, a field somebody else manages stays theirs, and the refusal names both. */
    apply(
      object: KubernetesObject,
      { dryRun, force, manager, ...asking }: Applying,
    ): Promise<KubernetesObject> {
      const query = new URLSearchParams({
        fieldManager: manager ?? fieldManager,
        fieldValidation: "Strict",
        ...(dryRun && { dryRun: "All" }),
        ...(force && { force: "true" }),
      });
      const contentType = "application/apply-patch+yaml";
      return ask(async () => {
        const path = `${await discovery.pathOf(object)}?${query}`;
        const signal = dryRun ? asking.signal : begun(asking);
        return rest.json("PATCH", path, { body: object, contentType, signal });
      }, asking);
    },

    /**
     * Checks an object that cannot be dry-run where it belongs: its namespace does not exist yet, or it has to
     * be deleted first. It is checked under a made-up name in `namespace`, so that it meets nothing there, and is
     * answered under its own: two checks of one thing say the same.
     */
    check(object: KubernetesObject, namespace: string, asking: Asking): Promise<KubernetesObject> {
      const { name, ...metadata } = object.metadata;
      const body = { ...object, metadata: { ...metadata, namespace, generateName: `${name.slice(0, 40)}-` } };
      return ask(async () => {
        const collection = await discovery.collection(object.apiVersion, object.kind, namespace);
        const path = `${collection}?fieldManager=${fieldManager}&fieldValidation=Strict&dryRun=All`;
        const checked = await rest.json<KubernetesObject>("POST", path, { body, signal: asking.signal });
        return underOwnName(checked, object);
      }, asking);
    },

    /** The object as it is, or nothing if there is none. */
    read(identity: ObjectIdentity, asking: Asking): Promise<KubernetesObject | undefined> {
      const { signal } = asking;
      return ask(
        async () => orNothing(rest.json("GET", await discovery.pathOf(identity), { signal })),
        asking,
      );
    },

    /** Gone already is as good as removed. One made anew by somebody else has another uid, and is left alone. */
    async remove(identity: ObjectIdentity, asking: Asking): Promise<void> {
      const { uid } = identity.metadata;
      const body = { propagationPolicy: "Background", ...(uid && { preconditions: { uid } }) };
      await ask(async () => {
        const path = await discovery.pathOf(identity);
        return orNothing(rest.json("DELETE", path, { body, signal: begun(asking) }));
      }, asking);
    },
  };
}

/** What ends a write from here on. */
function begun({ signal, underWay = signal }: Asking): AbortSignal {
  signal.throwIfAborted();
  return underWay;
}

/** A Job's name stands in its labels and in those of its pods too. */
function underOwnName(checked: KubernetesObject, { metadata: { name, namespace } }: KubernetesObject) {
  const { name: madeUp } = checked.metadata;
  const own = structuredClone(checked) as KubernetesObject & {
    metadata: { generateName?: string };
    spec?: { template?: { metadata?: { labels?: Record<string, string> } } };
  };
  Object.assign(own.metadata, { name, ...(namespace && { namespace }) });
  delete own.metadata.generateName;
  for (const labels of [own.metadata.labels ?? {}, own.spec?.template?.metadata?.labels ?? {}])
    for (const [key, value] of Object.entries(labels)) if (value === madeUp) labels[key] = name;
  return own;
}

export async function orNothing<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ClusterRefusal && error.status === 404) return undefined;
    throw error;
  }
}

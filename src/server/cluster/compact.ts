import type { KubernetesObject } from "../../core/kubernetes-object.ts";
import type { Projection } from "./projection.ts";

/** What many objects of a kind have in common is there once, and never changed. */
interface Shared {
  apiVersion: string;
  kind: string;
  metadata: Pick<KubernetesObject["metadata"], "namespace" | "labels" | "ownerReferences">;
}

type State = Pick<KubernetesObject, "spec" | "status">;

interface Compact {
  name: string;
  uid: string;
  version: number | string;
  /** In seconds, which fit in a small integer; 0 where it is not known. */
  createdSeconds: number;
  deletionTimestamp: string | undefined;
  shared: Shared;
  state: State;
}

/**
 * What lists and relations need: who an object is, whose, how it is marked, and the plain words and numbers of its
 * status, in Kubernetes' own shape. About a quarter of a kilobyte for one of many pods.
 */
export function createCompact(): Projection<Compact> {
  const shareds = createSharing<Shared>();
  const states = createSharing<State>();

  return {
    name: "compact",
    keep({ apiVersion, kind, metadata, spec, status }) {
      const {
        name,
        namespace,
        uid = "",
        labels,
        ownerReferences,
        creationTimestamp,
        deletionTimestamp,
      } = metadata;
      return {
        name,
        uid,
        version: numbered(metadata.resourceVersion ?? ""),
        createdSeconds: Math.floor(Date.parse(creationTimestamp ?? "") / 1_000) || 0,
        deletionTimestamp,
        shared: shareds.of({ apiVersion, kind, metadata: stated({ namespace, labels, ownerReferences }) }),
        state: states.of(stateOf(spec, status)),
      };
    },
    versionOf: ({ version }) => String(version),
    show({ name, uid, version, createdSeconds, deletionTimestamp, shared, state }) {
      const created = new Date(createdSeconds * 1_000).toISOString().replace(".000Z", "Z");
      const metadata = {
        ...{ name, ...shared.metadata, uid, resourceVersion: String(version) },
        ...(createdSeconds > 0 && { creationTimestamp: created }),
        ...(deletionTimestamp && { deletionTimestamp }),
      };
      return { apiVersion: shared.apiVersion, kind: shared.kind, metadata, ...state };
    },
  };
}

/** A number takes a fifth of the room of its text. */
function numbered(version: string): number | string {
  const number = Number(version);
  return String(number) === version && Number.isSafeInteger(number) ? number : version;
}

type Fields = Record<string, unknown>;

function stateOf(spec: Fields = {}, status: Fields = {}): State {
  const { replicas, nodeName, type } = spec;
  const { phase, conditions, containerStatuses } = status;
  return {
    spec: stated({ replicas, nodeName, type }),
    status: stated({
      ...numbersOf(status),
      phase,
      conditions: picked(conditions, ({ type, status, reason }) => ({ type, status, reason })),
      containerStatuses: picked(containerStatuses, containerOf),
    }),
  };
}

function containerOf({ name, ready, restartCount, state }: Fields): Fields {
  const [word, detail] = Object.entries((state ?? {}) as Fields)[0] ?? [];
  const { reason, exitCode } = (detail ?? {}) as Fields;
  return { name, ready, restartCount, ...(word && { state: { [word]: stated({ reason, exitCode }) } }) };
}

function picked(list: unknown, pick: (each: Fields) => Fields): Fields[] | undefined {
  return Array.isArray(list) ? list.map((each) => stated(pick(each as Fields))) : undefined;
}

function numbersOf(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === "number"));
}

function stated(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const mostShared = 4_096;

/** One copy of what is equal. It forgets all at its limit, and then merely shares less. */
function createSharing<T extends object>() {
  const known = new Map<string, T>();
  return {
    of(value: T): T {
      const text = JSON.stringify(value);
      const found = known.get(text);
      if (found) return found;
      if (known.size >= mostShared) known.clear();
      // Parsed anew, it is packed tightly, and holds on to nothing of the object it came from.
      const made = JSON.parse(text) as T;
      known.set(text, made);
      return made;
    },
  };
}

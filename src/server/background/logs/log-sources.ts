import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import type { Line, Position } from "../../../core/logs/position.ts";
import { followContainer, type Told } from "./follow-container.ts";
import { inWords } from "./in-words.ts";
import { type PodCluster, watchPod } from "./pod-watch.ts";
import { type LogCluster, type Mark, readFrom } from "./read-container.ts";

export type SourceCluster = LogCluster & PodCluster;

/** Somebody who is told what a container writes. */
interface Listener {
  hear(told: Told): void;
  /** Something to wait for before more is read, as long as there is no room for it. */
  room(): Promise<void> | undefined;
  ended(): void;
}

export interface Source {
  /** Fulfils with how far it had been told to others when it was joined: everything after that will be heard. */
  joined: Promise<Position | undefined>;
  leave(): void;
}

export type LogSources = ReturnType<typeof createLogSources>;

const retryMs = 2_000;

/** The containers of one cluster that are read just now: each once, however many listen. */
export function createLogSources(cluster: SourceCluster) {
  const open = new Map<string, ReturnType<typeof createSource>>();

  return {
    /** `isNew` is a container that began after the listener did: all it ever wrote is news. */
    join(pod: KubernetesObject, container: string, isNew: boolean, listener: Listener): Source {
      const key = `${pod.metadata.uid}/${container}`;
      const forget = () => {
        if (open.get(key) === source) open.delete(key);
      };
      const source = open.get(key) ?? createSource(cluster, pod, container, { isNew, forget });
      open.set(key, source);
      const leave = source.join(listener);
      return {
        joined: source.begun.then(source.position),
        leave() {
          leave();
          if (source.isIdle()) forget();
        },
      };
    },
    count: () => open.size,
  };
}

function createSource(
  cluster: SourceCluster,
  pod: KubernetesObject,
  container: string,
  { isNew, forget }: { isNew: boolean; forget(): void },
) {
  const { name, namespace = "" } = pod.metadata;
  const place = { namespace, pod: name, container };
  const listeners = new Set<Listener>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const watch = watchPod(cluster, pod);
  const mark: Mark = { told: undefined, mustJoin: false };
  const begun = Promise.withResolvers<void>();
  const tell = (told: Told) => {
    for (const { hear } of listeners) hear(told);
  };

  async function run(): Promise<void> {
    if (!isNew) await begin();
    begun.resolve();
    for await (const told of followContainer({ cluster, place, pod: watch }, mark, signal)) {
      for (const part of parted(told)) {
        tell(part);
        await anyRoom(listeners);
      }
    }
  }

  /** What is there already is for each listener to read by itself: here it goes on from the last line. */
  async function begin(): Promise<void> {
    while (watch.state(container)?.hasBegun) {
      try {
        const reading = { mark, part: { tailLines: 1 }, hasRestarted: () => false };
        for await (const _ of readFrom(cluster, place, reading, signal));
        mark.mustJoin = mark.told !== undefined;
        return;
      } catch (error) {
        signal.throwIfAborted();
        tell({ trouble: inWords(error) });
        await watch.changed(retryMs, signal);
        await watch.look(signal).catch(() => signal.throwIfAborted());
      }
    }
  }

  void run()
    .catch((error) => signal.aborted || tell({ trouble: inWords(error) }))
    .then(() => {
      begun.resolve();
      watch.leave();
      forget();
      for (const { ended } of listeners) ended();
    });

  return {
    begun: begun.promise,
    position: (): Position | undefined => mark.told,
    isIdle: () => listeners.size === 0,
    join(listener: Listener): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopping.abort();
      };
    },
  };
}

/** What comes in one piece may be more than there is room for. */
const partChars = 32_768;
/** What a line costs beside its text. */
const lineChars = 120;

function* parted(told: Told): Generator<Told> {
  if ("trouble" in told) return yield told;
  let { remarks, isTorn } = told;
  let lines: Line[] = [];
  let chars = 0;
  for (const line of told.lines) {
    lines.push(line);
    chars += line.text.length + lineChars;
    if (chars < partChars) continue;
    yield { lines, remarks, isTorn };
    [lines, remarks, isTorn, chars] = [[], [], false, 0];
  }
  if (lines.length > 0 || remarks.length > 0 || isTorn) yield { lines, remarks, isTorn };
}

/** Read no faster than the fastest listener can take it: the slower ones miss what they have no room for. */
async function anyRoom(listeners: ReadonlySet<Listener>): Promise<void> {
  const waits = [...listeners].map(({ room }) => room());
  if (waits.length > 0 && waits.every((wait) => wait !== undefined)) await Promise.race(waits);
}

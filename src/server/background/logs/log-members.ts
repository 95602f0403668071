import type { KubernetesObject } from "../../../core/kubernetes-object.ts";
import { containersOf, firstContainer } from "../../../core/logs/container-state.ts";
import { logKey, mostLogs } from "../../../core/logs/cursor.ts";
import { later, type Position } from "../../../core/logs/position.ts";
import type { Told } from "./follow-container.ts";
import type { FollowedPods } from "./followed-pods.ts";
import { inWords } from "./in-words.ts";
import type { KnownSecrets } from "./known-secrets.ts";
import type { Member } from "./log-frames.ts";
import type { LogSources, Source } from "./log-sources.ts";

export interface MemberNeeds {
  sources: LogSources;
  secrets: KnownSecrets;
  followed: FollowedPods;
  /** One container by its name, all of them, or that which each pod names first. */
  container: string | undefined;
  /** Whether nothing can follow, once all that was followed has ended. */
  isOver(): Promise<boolean>;
}

interface Calls {
  /** How far each container has been told; an entry goes with its pod. */
  told: Map<string, Position>;
  hear(member: Member, news: Told): void;
  say(name: string, data: object, sentence: string): void;
  room(): Promise<void> | undefined;
  end(): void;
}

const retryMs = 2_000;

/** The containers that are followed, as their pods come and go. */
export function createMembers(needs: MemberNeeds, calls: Calls) {
  const { followed } = needs;
  const open = createOpen(needs, calls, () => void settle());
  const stopping = new AbortController();
  const { signal } = stopping;
  const arriving = new Set<string>();

  /** Waits with a pod until what has to be masked in its log is known. */
  async function add(pod: KubernetesObject, isNew: boolean): Promise<void> {
    const { uid = "" } = pod.metadata;
    if (arriving.has(uid) || open.missingOf(pod).length === 0) return;
    arriving.add(uid);
    try {
      await needs.secrets.learn(pod, signal);
      await Promise.all(open.missingOf(pod).map((container) => open.join(pod, container, isNew)));
    } finally {
      arriving.delete(uid);
    }
  }

  function addLater(pod: KubernetesObject): void {
    add(pod, true).catch((error) => {
      if (signal.aborted) return;
      const reason = inWords(error);
      calls.say("error", { reason, pod: pod.metadata.name }, reason);
      setTimeout(() => {
        const present = followed.pods().find(({ metadata }) => metadata.uid === pod.metadata.uid);
        if (present && !signal.aborted) addLater(present);
      }, retryMs).unref();
    });
  }

  /** Ends when nothing can follow any more. */
  async function settle(): Promise<void> {
    open.letGo(new Set(followed.pods().map(({ metadata }) => metadata.uid)));
    const isQuiet = () => arriving.size === 0 && open.haveEnded() && !signal.aborted;
    if (isQuiet() && (await needs.isOver().catch(() => false)) && isQuiet()) calls.end();
  }

  return {
    has: open.has,
    /** Fulfils when everything that is there is followed. */
    async start(): Promise<void> {
      followed.watch(({ object, isGone }) => {
        if (isGone) void settle();
        else addLater(object);
      });
      await Promise.all(followed.pods().map((pod) => add(pod, false)));
      await settle();
    },
    close(): void {
      stopping.abort();
      followed.leave();
      open.close();
    },
  };
}

interface Open {
  member: Member;
  pod_uid: string | undefined;
  source: Source | undefined;
  isEnded: boolean;
}

/** Those containers that have been joined, until they have ended and their pod is gone. */
function createOpen({ sources, container: wanted }: MemberNeeds, calls: Calls, ended: () => void) {
  const open = new Map<string, Open>();
  const keyIn = ({ metadata }: KubernetesObject, container: string) => logKey(metadata.uid ?? "", container);
  let isFull = false;

  function leaveOut(): void {
    if (isFull) return;
    isFull = true;
    const reason = `No more than ${mostLogs} containers are followed at once: others are left out`;
    calls.say("error", { reason }, reason);
  }

  return {
    has: (key: string) => open.has(key),
    haveEnded: () => [...open.values()].every(({ isEnded }) => isEnded),
    missingOf: (pod: KubernetesObject) =>
      chosen(pod, wanted).filter((container) => !open.has(keyIn(pod, container))),

    async join(pod: KubernetesObject, container: string, isNew: boolean): Promise<void> {
      if (open.size >= mostLogs) return leaveOut();
      const key = keyIn(pod, container);
      const { name, uid } = pod.metadata;
      const each: Open = {
        member: { key, pod: name, container },
        pod_uid: uid,
        source: undefined,
        isEnded: false,
      };
      open.set(key, each);
      each.source = sources.join(pod, container, isNew, {
        hear: (news) => calls.hear(each.member, news),
        room: calls.room,
        ended() {
          each.isEnded = true;
          ended();
        },
      });
      const position = await each.source.joined;
      if (position) calls.told.set(key, later(position, calls.told.get(key)));
    },

    letGo(present: ReadonlySet<string | undefined>): void {
      for (const [key, { isEnded, pod_uid, source }] of open) {
        if (!isEnded || present.has(pod_uid)) continue;
        source?.leave();
        open.delete(key);
        calls.told.delete(key);
      }
    },

    close(): void {
      for (const { source } of open.values()) source?.leave();
    },
  };
}

/** The containers of a pod that were asked for. */
export function chosen(pod: KubernetesObject, container: string | undefined): string[] {
  const all = containersOf(pod);
  if (container === "*") return all;
  if (container !== undefined) return all.filter((name) => name === container);
  const first = firstContainer(pod);
  return first === undefined ? [] : [first];
}

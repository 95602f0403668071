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

interface Open {
  member: Member;
  pod_uid: string;
  source: Source | undefined;
  isEnded: boolean;
}

const retryMs = 2_000;

/** The containers that are followed, as their pods come and go. */
export function createMembers(needs: MemberNeeds, calls: Calls) {
  const { secrets, followed } = needs;
  const open = new Map<string, Open>();
  const arriving = new Set<string>();
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Waits with a pod until what has to be masked in its log is known. */
  async function add(pod: KubernetesObject, isNew: boolean): Promise<void> {
    const { uid = "" } = pod.metadata;
    const isKnown = (container: string) => open.has(logKey(uid, container));
    if (arriving.has(uid) || chosen(pod, needs.container).every(isKnown)) return;
    arriving.add(uid);
    try {
      await secrets.learn(pod, signal);
      const missing = chosen(pod, needs.container).filter((container) => !isKnown(container));
      await Promise.all(missing.map((container) => join(pod, container, isNew)));
    } finally {
      arriving.delete(uid);
    }
  }

  async function join(pod: KubernetesObject, container: string, isNew: boolean): Promise<void> {
    const { name, uid = "" } = pod.metadata;
    const member = { key: logKey(uid, container), pod: name, container };
    if (open.size >= mostLogs) return leaveOut();
    const each: Open = { member, pod_uid: uid, source: undefined, isEnded: false };
    open.set(member.key, each);
    each.source = needs.sources.join(pod, container, isNew, {
      hear: (news) => calls.hear(member, news),
      room: calls.room,
      ended() {
        each.isEnded = true;
        void settle();
      },
    });
    const position = await each.source.joined;
    if (position) calls.told.set(member.key, later(position, calls.told.get(member.key)));
  }

  const leaveOut = once(() => {
    const reason = `No more than ${mostLogs} containers are followed at once: others are left out`;
    calls.say("error", { reason }, reason);
  });

  function addLater(pod: KubernetesObject): void {
    add(pod, true).catch((error) => {
      if (signal.aborted) return;
      calls.say("error", { reason: inWords(error), pod: pod.metadata.name }, inWords(error));
      const present = () => followed.pods().find(({ metadata }) => metadata.uid === pod.metadata.uid);
      setTimeout(() => {
        const again = signal.aborted ? undefined : present();
        if (again) addLater(again);
      }, retryMs).unref();
    });
  }

  /** Lets go of what has ended and is not there any more, and ends when nothing can follow. */
  async function settle(): Promise<void> {
    const present = new Set(followed.pods().map(({ metadata }) => metadata.uid));
    for (const [key, { isEnded, pod_uid, source }] of open) {
      if (!isEnded || present.has(pod_uid)) continue;
      source?.leave();
      open.delete(key);
      calls.told.delete(key);
    }
    const isQuiet = () => arriving.size === 0 && [...open.values()].every(({ isEnded }) => isEnded);
    if (isQuiet() && (await needs.isOver().catch(() => false)) && isQuiet()) calls.end();
  }

  return {
    has: (key: string) => open.has(key),
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

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

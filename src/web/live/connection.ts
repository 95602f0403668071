import { create } from "zustand";
import { queries } from "../api.ts";
import { timeOf } from "../parts/when-text.ts";
import { client, renewed, useSession } from "../session.ts";
import { hear, type LiveEvent } from "./events.ts";
import { createLine } from "./line.ts";
import { createTurns } from "./turns.ts";

interface Connection {
  isUp: boolean;
  /** Since when what is on screen may be old; set while the stream is down. */
  since: Date | undefined;
  /** It has been down for long enough to say so. */
  isLost: boolean;
  /** Other tabs have the streams that a browser may have: what is on screen is asked for now and then. */
  isResting: boolean;
  /** The server's version when the tab first heard of it, and now. */
  version: string | undefined;
  newVersion: string | undefined;
  /** Milliseconds the server's clock is ahead of ours. */
  clockOffset: number;
}

export const useConnection = create<Connection>()(() => ({
  isUp: false,
  since: undefined,
  isLost: false,
  isResting: false,
  version: undefined,
  newVersion: undefined,
  clockOffset: 0,
}));

/** Since when what the server said may no longer hold; nothing while it is connected. */
export function useStaleSince(): Date | undefined {
  return useConnection(({ isLost, since }) => (isLost ? since : undefined));
}

/** Why what needs the server cannot be done just now. */
export function useDisconnected(): string | undefined {
  return useConnection(({ isLost }) => (isLost ? "Not connected to the server" : undefined));
}

const hopes = new Set<() => void>();

/** There may be a way again: whoever waits to reconnect does so at once. */
export function tryNow(): void {
  for (const hope of [...hopes]) hope();
}

const line = createLine({
  follow: client.follow,
  hear: (event) => [notice(event), hear(event)],
  opened,
  broke,
  refused: (status, topics) => void afterRefusal(status, topics),
  hope(again) {
    hopes.add(again);
    return () => void hopes.delete(again);
  },
});

const patienceMs = 3_000;
let patience = 0;

function opened(): void {
  clearTimeout(patience);
  useConnection.setState({ isUp: true, since: undefined, isLost: false, isResting: false });
}

function broke(): void {
  clearTimeout(patience);
  patience = window.setTimeout(() => useConnection.setState({ isLost: true }), patienceMs);
  useConnection.setState(({ since }) => ({ isUp: false, since: since ?? new Date() }));
}

function notice(event: LiveEvent): void {
  if (event.name !== "hello") return;
  const { time, version } = event.data;
  useConnection.setState((now) => ({
    clockOffset: (timeOf(time)?.getTime() ?? Date.now()) - Date.now(),
    version: now.version ?? version,
    newVersion: now.version !== undefined && now.version !== version ? version : undefined,
  }));
}

async function afterRefusal(status: number, topics: readonly string[]): Promise<void> {
  const { token } = useSession.getState();
  if (status === 401) {
    if (token !== undefined && (await renewed(token))) void line.open(wanted);
    return;
  }
  // A page may be about what is gone, which it finds out for itself; the rest goes on.
  if (!line.isOpen() && topics.length > 0) void line.open([]);
}

let wanted: readonly string[] = [];

/** What the stream is to be about, besides the user. */
export function follow(topics: readonly string[]): void {
  wanted = topics;
  if (line.isOpen()) void line.open(wanted);
}

const hiddenMs = 60_000;
const withoutStreamMs = 60_000;
const pollMs = 15_000;

/** Opens the stream and keeps it open while somebody is signed in and may be looking; answers how to end it. */
export function keepConnected(): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let hiding = 0;
  const channel = new BroadcastChannel("orrery-streams");
  const turns = createTurns(channel, giveUp);

  function wake(): void {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = window.setTimeout(rest, hiddenMs);
      return;
    }
    if (useSession.getState().token !== undefined) {
      turns.take();
      if (!line.isOpen()) [broke(), void line.open(wanted)];
    }
    tryNow();
  }
  function rest(): void {
    line.close();
    clearTimeout(patience);
    useConnection.setState({ isUp: false, since: new Date() });
  }
  /** One that is seen all the same asks from now on. */
  function giveUp(): void {
    if (!line.isOpen()) return;
    rest();
    useConnection.setState({ isLost: false, isResting: true });
    poll();
  }

  /** A network that went takes a stream with it that may not notice for long; where it did not, a new one stands at once. */
  function doubt(): void {
    if (!line.isOpen()) return;
    line.close();
    broke();
    void line.open(wanted);
  }

  const unsubscribe = useSession.subscribe(({ token }, before) => {
    if (token === undefined) rest();
    else if (before.token === undefined) wake();
  });
  const unhook = queries.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "success" && !event.action.manual) tryNow();
  });
  const polling = window.setInterval(poll, pollMs);
  window.addEventListener("offline", doubt, { signal });
  window.addEventListener("online", tryNow, { signal });
  window.addEventListener("focus", wake, { signal });
  window.addEventListener("pagehide", turns.leave, { signal });
  document.addEventListener("visibilitychange", wake, { signal });
  wake();
  return () => {
    for (const end of [() => ending.abort(), unsubscribe, unhook, rest, turns.leave]) end();
    channel.close();
    clearTimeout(hiding);
    clearInterval(polling);
  };
}

/** Without the stream for long, the page that is open asks. */
function poll(): void {
  const { since, isResting } = useConnection.getState();
  if (document.hidden || !since) return;
  // As after a gap: what was heard before is not what is.
  if (isResting) hear({ name: "gap", data: { topics: [...wanted] } });
  else if (Date.now() - since.getTime() >= withoutStreamMs) void queries.refetchQueries({ type: "active" });
}

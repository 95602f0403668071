/** Over HTTP/1.1 a browser has six connections to a server for all its tabs, and pages need some of them. */
export const mostStreams = 4;

type Said = { tab: number; word: "here" | "gone" };

interface Channel {
  postMessage(said: Said): void;
  onmessage: ((event: MessageEvent<Said>) => void) | null;
}

/**
 * Keeps the streams of all tabs of a browser few: those at which somebody was last have them. A tab that takes its turn
 * says so; one that hears as many others as may have a stream gives its own up.
 */
export function createTurns(channel: Channel, giveUp: () => void) {
  const tab = Math.random();
  const later = new Set<number>();
  channel.onmessage = ({ data }) => {
    if (data.word === "gone") later.delete(data.tab);
    else later.add(data.tab);
    if (later.size >= mostStreams) giveUp();
  };
  return {
    take(): void {
      later.clear();
      channel.postMessage({ tab, word: "here" });
    },
    leave: () => channel.postMessage({ tab, word: "gone" }),
  };
}

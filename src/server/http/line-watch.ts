import type { WebSocket } from "ws";
import type { Limits } from "./limits.ts";

type Times = Pick<Limits, "idleMs" | "longestMs">;

/**
 * Looks after an open WebSocket: one on which nothing is said, or that lasts too long, is told to end; one whose other
 * side gives no sign of life from one beat to the next is cut off.
 */
export function watchLine(
  socket: WebSocket,
  { idleMs, longestMs }: Times,
  end: (why: "idle" | "too_long") => void,
) {
  const startedMs = performance.now();
  let lastMs = startedMs;
  let isAlive = true;
  let timer = setTimeout(look, Math.min(idleMs, longestMs));

  function look(): void {
    const nowMs = performance.now();
    const leftMs = Math.min(startedMs + longestMs, lastMs + idleMs) - nowMs;
    if (leftMs > 0) timer = setTimeout(look, Math.ceil(leftMs));
    else end(nowMs - startedMs >= longestMs ? "too_long" : "idle");
  }

  socket.on("pong", () => {
    isAlive = true;
  });

  return {
    /** Something was said, on either side. */
    touch(): void {
      lastMs = performance.now();
      isAlive = true;
    },

    beat(): void {
      // What is not read holds the answer back too.
      if (!isAlive && !socket.isPaused) socket.terminate();
      else socket.ping();
      isAlive = false;
    },

    stop: () => clearTimeout(timer),
  };
}

import type { Reading } from "./read-log.ts";

interface Standing {
  reading: Reading;
  lines: number;
  waiting: number;
  isPaused: boolean;
  isFollowing: boolean;
}

const count = (number: number, one: string) =>
  `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

/** How the log stands, in a few words, and how serious that is. */
export function footWords(standing: Standing): { parts: string[]; tone: "idle" | "stale" | "bad" } {
  const { reading, lines, waiting, isPaused, isFollowing } = standing;
  const kept = `${count(lines, "line")} kept`;
  const flow = isPaused
    ? [`paused, ${count(waiting, "new line")} waiting`]
    : isFollowing
      ? ["following"]
      : [];
  if (reading.word === "connected") return { parts: ["connected", kept, ...flow], tone: "idle" };
  if (reading.word === "connecting") return { parts: ["connecting"], tone: "idle" };
  if (reading.word === "complete") return { parts: ["this log has ended", kept], tone: "idle" };
  if (reading.word === "refused") return { parts: [reading.reason, kept], tone: "bad" };
  return { parts: [reading.reason, "trying again", kept, ...flow], tone: "stale" };
}

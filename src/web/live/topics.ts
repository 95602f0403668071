import { useEffect } from "react";
import { follow } from "./connection.ts";

const counts = new Map<string, number>();
let isChanging = false;

/** Follows these for as long as a component is there: `useTopics(["workflow:" + id])`. */
export function useTopics(topics: readonly string[]): void {
  const list = topics.join(",");
  useEffect(() => {
    const all = list === "" ? [] : list.split(",");
    for (const topic of all) count(topic, 1);
    return () => {
      for (const topic of all) count(topic, -1);
    };
  }, [list]);
}

function count(topic: string, by: number): void {
  const next = (counts.get(topic) ?? 0) + by;
  if (next > 0) counts.set(topic, next);
  else counts.delete(topic);
  if (isChanging) return;
  isChanging = true;
  // A page that goes and one that comes are one change.
  queueMicrotask(tell);
}

let told = "";

function tell(): void {
  isChanging = false;
  const topics = [...counts.keys()].sort();
  if (topics.join(",") === told) return;
  told = topics.join(",");
  follow(topics);
}

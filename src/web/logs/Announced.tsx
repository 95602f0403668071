import { useEffect, useRef, useState } from "react";
import { Hidden } from "../parts/Hidden.tsx";
import type { LogModel } from "./log-model.ts";

const everyMs = 3_000;
/** More lines a second than this cannot be listened to. */
const mostPace = 3;

/** Reads new lines out while they come slowly and somebody follows; otherwise says how many there were. */
export function Announced({
  model,
  isFollowing,
  state,
}: {
  model: LogModel;
  isFollowing: boolean;
  state: string;
}) {
  const [said, say] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const timer = window.setInterval(() => {
      const news = isFollowing && !model.isPaused() ? newsAfter(model, last.current) : [];
      last.current = news.at(-1)?.seq ?? last.current;
      if (news.length === 0) return;
      const isSlow = news.length <= mostPace * (everyMs / 1_000);
      say(isSlow ? news.map(({ text }) => text).join("\n") : `${news.length.toLocaleString("en")} new lines`);
    }, everyMs);
    return () => window.clearInterval(timer);
  }, [model, isFollowing]);
  return (
    <span role="status">
      <Hidden>{`${state}. ${said}`}</Hidden>
    </span>
  );
}

function newsAfter(model: LogModel, seq: number) {
  const rows = model.buffer.rows();
  const from = rows.indexOf(seq + 1);
  return Array.from({ length: rows.length - from }, (_, index) => rows.at(from + index)).filter(
    (entry) => entry !== undefined,
  );
}

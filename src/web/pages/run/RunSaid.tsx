import { useEffect, useRef, useState } from "react";
import type { RunRecord } from "../../../contract/runs.ts";
import { readyIn, readyText } from "../../deploy/run-said.ts";
import { type Heard, progressOf, type RunNodeView } from "../../deploy/run-view.ts";
import { Said } from "../../parts/Said.tsx";

interface RunSaidProps {
  record: RunRecord;
  heard: Heard;
  views: readonly RunNodeView[];
}

const everyMs = 5_000;

/** Tells those who listen which nodes of a run have become ready: one sentence for all within some seconds. */
export function RunSaid({ record, heard, views }: RunSaidProps) {
  const [sentence, say] = useState("");
  const told = useRef<ReadonlySet<string>>(new Set());
  const at = useRef(0);
  const isRunning = record.status === "running";
  useEffect(() => {
    const text = isRunning ? readyText(told.current, views, progressOf(record, heard).total) : "";
    if (text === "") return undefined;
    const tell = () => {
      told.current = new Set(readyIn(views).map(({ node_id }) => node_id));
      at.current = Date.now();
      say(text);
    };
    const timer = setTimeout(tell, at.current + everyMs - Date.now());
    return () => clearTimeout(timer);
  }, [isRunning, record, heard, views]);
  return <Said>{isRunning ? sentence : ""}</Said>;
}

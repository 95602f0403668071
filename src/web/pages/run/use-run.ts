import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../../contract/api.ts";
import type { RunRecord } from "../../../contract/runs.ts";
import { invalidate, useRead } from "../../api.ts";
import { type Heard, hasHole, lacksNodes, linesOf, nothingHeard, toLine } from "../../deploy/run-view.ts";
import { useConnection } from "../../live/connection.ts";
import { useEvent } from "../../live/events.ts";
import { useTopics } from "../../live/topics.ts";

/** A run as it was recorded, and what has been heard of it since. */
export function useRun(id: string, run: string) {
  const query = useRead(api.getRun, { params: { id, runId: run } });
  const heard = useHeard(id, run, () => void query.refetch());
  useWholeLog(query.data, heard, () => void query.refetch());
  useAllNodes(query, heard);
  return { query, heard };
}

function useHeard(id: string, run: string, readAgain: () => void): Heard {
  const [heard, setHeard] = useState(nothingHeard);
  const isUp = useConnection((connection) => connection.isUp);
  useTopics([`run:${run}`, `workflow:${id}`]);
  useEvent("run.state", (states) => {
    const own = states.find(({ run_id }) => run_id === run);
    if (!own) return;
    setHeard((before) => ({ ...before, state: own }));
    if (own.status === "running") return;
    readAgain();
    void invalidate(api.getWorkflow, { params: { id } });
    void invalidate(api.listRuns);
    void invalidate(api.listVersions);
  });
  useEvent("run.node", (nodes) => {
    const own = nodes.filter(({ run_id }) => run_id === run);
    if (own.length === 0) return;
    setHeard((before) => {
      const next = new Map(before.nodes);
      for (const { node_id, ...state } of own) next.set(node_id, state);
      return { ...before, nodes: next };
    });
  });
  useEvent("run.log", (lines) => {
    const own = lines.filter(({ run_id }) => run_id === run);
    if (own.length === 0) return;
    setHeard((before) => {
      const next = new Map(before.lines);
      for (const line of own) next.set(line.seq, toLine(line));
      return { ...before, lines: next };
    });
  });
  // What was missed is in the record; what was heard before may be older than that.
  useEvent("gap", () => {
    setHeard(({ lines }) => ({ ...nothingHeard, lines }));
    readAgain();
  });
  useEffect(() => {
    if (isUp) void invalidate(api.getRun, { params: { id, runId: run } });
  }, [isUp, id, run]);
  return heard;
}

/** Lines that came before anybody listened are in the record by now. */
function useWholeLog(record: RunRecord | undefined, heard: Heard, readAgain: () => void): void {
  const lines = record ? linesOf(record, heard) : [];
  const last = hasHole(lines) ? (lines.at(-1)?.seq ?? 0) : 0;
  useEffect(() => {
    if (last === 0) return;
    const timer = window.setTimeout(readAgain, 400);
    return () => window.clearTimeout(timer);
  }, [last, readAgain]);
}

/** A record that was read before it was known what is to be done, or a moment after, says nothing of some nodes yet. */
function useAllNodes({ data, dataUpdatedAt, refetch }: UseQueryResult<RunRecord>, heard: Heard): void {
  const isLacking = data?.status === "running" && lacksNodes(data, heard);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each record that still lacks some is followed by another.
  useEffect(() => {
    if (!isLacking) return;
    const timer = window.setTimeout(() => void refetch(), 400);
    return () => window.clearTimeout(timer);
  }, [isLacking, dataUpdatedAt, refetch]);
}

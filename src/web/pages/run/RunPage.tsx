import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { api } from "../../../contract/api.ts";
import type { Design } from "../../../contract/design.ts";
import type { RunRecord } from "../../../contract/runs.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import { Canvas } from "../../canvas/Canvas.tsx";
import page from "../../deploy/Page.module.css";
import { Reading } from "../../deploy/Reading.tsx";
import { runOverlay } from "../../deploy/run-overlay.ts";
import { type Heard, linesOf, nodesOf } from "../../deploy/run-view.ts";
import { clock } from "../../deploy/run-words.ts";
import { elapsedOf, timelineOf } from "../../deploy/timeline.ts";
import { useClock } from "../../deploy/use-clock.ts";
import { useConnection } from "../../live/connection.ts";
import { RunHead } from "./RunHead.tsx";
import { RunPanel } from "./RunPanel.tsx";
import { RunSaid } from "./RunSaid.tsx";
import { useRun } from "./use-run.ts";

/** One run: the canvas as it goes on, and what it did and saw. */
export function RunPage(): React.ReactNode {
  const { id, run } = useParams({ from: "/in/workflows/$id/runs/$run" });
  const workflow = useRead(api.getWorkflow, { params: { id } });
  const { query, heard } = useRun(id, run);
  const version = query.data?.version;
  const drawing = useRead(
    api.getVersion,
    { params: { id, version: String(version ?? 1) } },
    { enabled: version !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  if (workflow.data && query.data && drawing.data)
    return <RunView workflow={workflow.data} record={query.data} heard={heard} design={drawing.data} />;
  return <Reading title="Run" queries={[workflow, query, drawing]} />;
}

export interface RunViewProps {
  workflow: Workflow;
  record: RunRecord;
  heard: Heard;
  design: Design;
}

function RunView({ workflow, record, heard, design }: RunViewProps) {
  const search = useSearch({ from: "/in/workflows/$id/runs/$run" });
  const { node } = search;
  const navigate = useNavigate({ from: "/workflows/$id/runs/$run" });
  const isLost = useConnection((connection) => connection.isLost);
  const offset = useConnection(({ clockOffset }) => clockOffset);
  const now = useClock(record.status === "running") + offset;
  const views = useMemo(() => nodesOf(record, design, heard), [record, design, heard]);
  const timeline = timelineOf(record, heard, now);
  const elapsed = new Map(
    timeline.bars.flatMap((bar) => {
      const ms = elapsedOf(bar);
      return ms === undefined ? [] : [[bar.node_id, clock(ms)] as const];
    }),
  );
  const seconds = [...elapsed].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the times are the same as long as their texts are.
  const overlay = useMemo(() => runOverlay(views, design, elapsed), [views, design, seconds]);
  const lines = useMemo(() => linesOf(record, heard), [record, heard]);
  const select = (id: string | undefined) =>
    void navigate({ search: { ...search, node: id }, replace: true });

  return (
    <div className={page.split} data-full>
      <div className={page.picture}>
        <Canvas
          design={design}
          overlay={overlay}
          reason="This is a run. Switch to Draft to edit."
          selected={node}
          onSelect={select}
        />
      </div>
      <section className={page.sheet} aria-label="Run">
        <RunSaid {...{ record, heard, views }} />
        <RunHead {...{ workflow, record, heard, lines, views, now, isLost }} />
        <RunPanel {...{ workflow, record, views, lines, timeline, elapsed, design }} onSelect={select} />
      </section>
    </div>
  );
}

import type { Design } from "../../../contract/design.ts";
import type { RunRecord } from "../../../contract/runs.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import type { Line, RunNodeView } from "../../deploy/run-view.ts";
import type { Timeline } from "../../deploy/timeline.ts";

export interface RunPanelProps {
  workflow: Workflow;
  record: RunRecord;
  views: readonly RunNodeView[];
  lines: readonly Line[];
  timeline: Timeline;
  elapsed: ReadonlyMap<string, string>;
  design: Design;
  onSelect: (id: string | undefined) => void;
}

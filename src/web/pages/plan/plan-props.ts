import type { Design } from "../../../contract/design.ts";
import type { Plan } from "../../../contract/plan.ts";
import type { PlanRequest } from "../../../contract/runs.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import type { PlanRow } from "../../deploy/plan-rows.ts";
import type { RunChoices } from "./RunOptions.tsx";
import type { Needed } from "./use-needed.ts";

export interface PlanBodyProps {
  workflow: Workflow;
  plan: Plan;
  rows: readonly PlanRow[];
  moved: ReadonlySet<string>;
  named: ReadonlySet<string>;
  needed: Needed;
  deployed: Design | undefined;
  version: number | undefined;
  selected: string | undefined;
  onName: (named: ReadonlySet<string>) => void;
  onSelect: (id: string | undefined) => void;
  /** The draft is another one now. */
  onEdited: () => void;
}

export interface PlanFootProps {
  workflow: Workflow;
  plan: Plan;
  rows: readonly PlanRow[];
  named: ReadonlySet<string>;
  needed: Needed;
  request: PlanRequest;
  choices: RunChoices;
  onChoose: (choices: RunChoices) => void;
  isMaking: boolean;
  /** It is not the plan that was looked at a moment ago. */
  hasMoved: boolean;
  onMoved: () => void;
}

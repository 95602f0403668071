import type { Workflow } from "../../../contract/workflows.ts";
import type { Side } from "./use-sides.ts";

export interface ComparedProps {
  workflow: Workflow;
  from: Side;
  to: Side;
  before: NonNullable<Side["design"]>;
  after: NonNullable<Side["design"]>;
}

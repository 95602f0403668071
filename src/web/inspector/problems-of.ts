import type { Design } from "../../contract/design.ts";
import { compileDesign } from "../../core/compile/compile-design.ts";
import type { Detail } from "../../core/problem.ts";
import type { CanvasProblem } from "../canvas/problems.ts";

/** What the server would say of a drawing, without its asking any cluster: errors first. */
export function problemsOf(workflow_id: string, design: Design, namespace = "default"): CanvasProblem[] {
  const { faults, warnings } = compileDesign({ workflow_id, design, namespace });
  const of = (severity: CanvasProblem["severity"]) => (detail: Detail) => ({ ...detail, severity });
  return [...faults.map(of("error")), ...warnings.map(of("warning"))];
}

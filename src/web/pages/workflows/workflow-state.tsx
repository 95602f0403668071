import { counted } from "../../deploy/plan-words.ts";
import { useAway } from "../../live/away.ts";
import { Status } from "../../parts/Status.tsx";
import { healthCount, healthOf, type Summary, stateOf } from "./summary.ts";

export function WorkflowState({ workflow }: { workflow: Summary }) {
  const state = stateOf(workflow);
  return (
    <Status word={state} of="workflow" message={state === "deployed" ? deployedText(workflow) : undefined} />
  );
}

/** `v12, 4 changes pending`. */
function deployedText({ deployed_version, pending_changes = 0 }: Summary): string {
  const pending = pending_changes > 0 ? `, ${counted(pending_changes, "change")} pending` : "";
  return `v${deployed_version}${pending}`;
}

/** That in a word and a count, as long as its cluster says so. */
export function WorkflowHealth({ workflow }: { workflow: Summary }) {
  const health = healthOf(workflow);
  const away = useAway(workflow.last_run?.cluster);
  if (health && away) return <Status word="unknown" since={away.since.toISOString()} />;
  return health ? <Status word={health.word} message={healthCount(health)} /> : null;
}

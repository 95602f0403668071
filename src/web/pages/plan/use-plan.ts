import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Plan } from "../../../contract/plan.ts";
import type { PlanRequest } from "../../../contract/runs.ts";
import { useRead } from "../../api.ts";
import { movedSince } from "../../deploy/plan-rows.ts";
import { useEvent } from "../../live/events.ts";

interface Seen {
  request: string;
  plan: Plan;
  moved: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/** The plan that is asked for, and what of it has moved since it was first looked at. */
export function usePlan(id: string, body: PlanRequest, enabled: boolean) {
  const query = useRead(
    api.planWorkflow,
    { params: { id }, body },
    { enabled, staleTime: 0, keepPrevious: true },
  );
  const { data: plan, isPlaceholderData } = query;
  const request = JSON.stringify(body);
  const [seen, setSeen] = useState<Seen>();
  if (plan && !isPlaceholderData && seen?.plan !== plan)
    setSeen({ request, plan, moved: movedIn(seen, request, plan) });
  useEvent("workflow.saved", (saves) => {
    if (saves.some(({ workflow_id, revision }) => workflow_id === id && revision !== plan?.revision))
      void query.refetch();
  });
  return { query, plan, moved: seen?.moved ?? nothing, isNew: isPlaceholderData };
}

/** What somebody asked for themselves is no news; what is other than it was for the same question is. */
function movedIn(seen: Seen | undefined, request: string, plan: Plan): ReadonlySet<string> {
  if (seen?.request !== request) return nothing;
  return seen.plan.plan_hash === plan.plan_hash ? seen.moved : movedSince(seen.plan, plan);
}

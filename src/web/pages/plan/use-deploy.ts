import { useNavigate } from "@tanstack/react-router";
import { ApiError } from "../../../client/api-error.ts";
import { api } from "../../../contract/api.ts";
import type { TriggerData } from "../../../contract/runs.ts";
import { invalidate, useSend } from "../../api.ts";
import type { PlanFootProps } from "./plan-props.ts";

/** Carries out the plan that is on screen and no other, and goes on to its run. */
export function useDeploy({ workflow, plan, needed, request, choices, onMoved }: PlanFootProps) {
  const navigate = useNavigate();
  const params = { id: workflow.id };
  const refused = (error: Error) => {
    const isMoved = error instanceof ApiError && error.status === 409 && error.run_id === undefined;
    if (isMoved || (error instanceof ApiError && error.details.length > 0)) onMoved();
  };
  const follow = (run: string | undefined) => {
    needed.forget();
    void invalidate(api.getWorkflow, { params });
    void invalidate(api.listRuns);
    void invalidate(api.listVersions);
    if (run) void navigate({ to: "/workflows/$id/runs/$run", params: { ...params, run } });
    else void navigate({ to: "/workflows/$id", params });
  };
  const run = useSend(api.runWorkflow, { onSuccess: ({ run_id }) => follow(run_id), onError: refused });
  const archive = useSend(api.setWorkflowStatus, {
    onSuccess: ({ run_id }) => follow(run_id),
    onError: refused,
  });

  function deploy(): void {
    const { plan_hash, cluster, namespace } = plan;
    if (plan.intent === "undeploy") {
      archive.mutate({ params, body: { status: "archived", cleanup: true, plan_hash } });
      return;
    }
    const trigger_data = valuesFor(workflow.nodes, needed.values());
    const { version, delete: named } = request;
    run.mutate({
      params,
      body: {
        plan_hash,
        cluster,
        namespace,
        ...(version !== undefined && { version }),
        ...(named && { delete: named }),
        ...(needed.hasTyped && { trigger_data }),
        on_failure: choices.onFailure,
        timeout_seconds: Math.min(7_200, Math.max(10, (choices.minutes ?? 10) * 60)),
      },
    });
  }
  return { deploy, isPending: run.isPending || archive.isPending, error: run.error ?? archive.error };
}

/** What was typed, for Secrets and for containers apart. */
function valuesFor(
  nodes: readonly { id: string; type: string }[],
  values: Record<string, Record<string, string>>,
): TriggerData {
  const secrets = new Set(nodes.flatMap(({ id, type }) => (type === "secret" ? [id] : [])));
  const of = (isSecret: boolean) =>
    Object.fromEntries(Object.entries(values).filter(([id]) => secrets.has(id) === isSecret));
  return { secrets: of(true), envVars: of(false) };
}

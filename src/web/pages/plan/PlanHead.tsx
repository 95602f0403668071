import { Link } from "@tanstack/react-router";
import { RefreshCw, X } from "lucide-react";
import type { Plan } from "../../../contract/plan.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import page from "../../deploy/Page.module.css";
import type { PlanRow } from "../../deploy/plan-rows.ts";
import { countsOf, sayRestarts } from "../../deploy/plan-words.ts";
import { crumbsOf } from "../../deploy/WorkflowNav.tsx";
import { statusLook } from "../../look/status.ts";
import { buttonClass, IconButton } from "../../parts/Button.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Pill, Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { AimFields } from "./AimFields.tsx";
import type { Aim } from "./use-aim.ts";

interface PlanHeadProps {
  workflow: Workflow;
  aim: Aim;
  plan: Plan | undefined;
  version: number | undefined;
  intent: Plan["intent"] | undefined;
  rows: readonly PlanRow[];
  isMaking: boolean;
  onRemake: () => void;
}

/** What is to be deployed where, how much that changes, and how old the plan is. */
export function PlanHead({ workflow, aim, plan, version, intent, rows, isMaking, onRemake }: PlanHeadProps) {
  const what = version === undefined ? workflow.name : `v${version} of ${workflow.name}`;
  const verb =
    intent === "undeploy"
      ? "Review: archive"
      : version === undefined
        ? "Review: deploy"
        : "Review: roll back to";
  const isSimulated = aim.clusters.some(({ name, simulated }) => name === aim.cluster && simulated);
  return (
    <header className={page.head}>
      <PageHead
        title={`${verb} ${what}`}
        crumbs={crumbsOf(workflow)}
        actions={
          <>
            <IconButton label="Make the plan again" icon={RefreshCw} busy={isMaking} onClick={onRemake} />
            <Link
              to="/workflows/$id"
              params={{ id: workflow.id }}
              className={buttonClass({ variant: "quiet" })}
              aria-label="Close the review"
            >
              <X size={16} aria-hidden />
            </Link>
          </>
        }
        meta={
          <>
            {isSimulated && <Tag tone="accent">Simulated</Tag>}
            {isMaking ? (
              <span role="status">Asking the cluster what would change…</span>
            ) : (
              plan && (
                <span>
                  made <When at={plan.made_at} />
                </span>
              )
            )}
          </>
        }
      />
      {intent === "undeploy" ? (
        <p className={page.quiet}>
          What it deployed to {aim.cluster} is deleted there, its drawing and its history are kept.
        </p>
      ) : (
        <AimFields aim={aim} />
      )}
      {plan && <Counts plan={plan} rows={rows} />}
    </header>
  );
}

function Counts({ plan, rows }: { plan: Plan; rows: readonly PlanRow[] }) {
  const nameOf = (id: string) => rows.find(({ node_id }) => node_id === id)?.name ?? id;
  const restarts = sayRestarts(plan.restarts, nameOf);
  const counts = countsOf(plan);
  return (
    <p className={page.line} data-counts>
      {counts.map(({ action, text }) => {
        const look = statusLook(action, "plan");
        return <Pill key={action} look={{ ...look, word: text }} />;
      })}
      {counts.length === 0 && <span className={page.quiet}>Nothing is drawn, and nothing is deployed.</span>}
      {restarts && <Pill look={{ ...statusLook("restart", "plan"), word: restarts }} />}
    </p>
  );
}

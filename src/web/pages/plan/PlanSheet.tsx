import { Link, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ApiError } from "../../../client/api-error.ts";
import type { Design } from "../../../contract/design.ts";
import type { PlanRequest } from "../../../contract/runs.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { Canvas } from "../../canvas/Canvas.tsx";
import type { Overlay } from "../../canvas/overlay.ts";
import page from "../../deploy/Page.module.css";
import { planOverlay } from "../../deploy/plan-overlay.ts";
import { planRows } from "../../deploy/plan-rows.ts";
import { countsText } from "../../deploy/plan-words.ts";
import { useAway } from "../../live/away.ts";
import { useTopics } from "../../live/topics.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { Note } from "../../parts/Note.tsx";
import { Said } from "../../parts/Said.tsx";
import { clockText } from "../../parts/when-text.ts";
import { PlanBody } from "./PlanBody.tsx";
import { PlanFaults } from "./PlanFaults.tsx";
import { PlanFoot } from "./PlanFoot.tsx";
import { PlanHead } from "./PlanHead.tsx";
import { usualChoices } from "./RunOptions.tsx";
import { useAim } from "./use-aim.ts";
import { useNeeded } from "./use-needed.ts";
import { usePlan } from "./use-plan.ts";

export interface PlanSheetProps {
  workflow: Workflow;
  design: Design;
  deployed: Design | undefined;
}

/** While there is no plan, nothing is said of the nodes. */
const unplanned: Overlay = { nodes: new Map() };

/** The canvas painted with a plan, and the plan beside it. */
export function PlanSheet(props: PlanSheetProps) {
  const { workflow, design, deployed } = props;
  const { node } = useSearch({ from: "/in/workflows/$id/plan" });
  const [selected, select] = useState(node);
  const sheet = useSheet(workflow);
  const { plan, shown } = sheet;
  const overlay = useMemo(
    () => (plan && shown ? planOverlay(plan, { design, deployed }) : unplanned),
    [plan, shown, design, deployed],
  );
  return (
    <div className={page.split} data-full>
      <div className={page.picture}>
        <Canvas
          design={design}
          overlay={overlay}
          reason={`This is what ${sheet.intent === "undeploy" ? "archiving" : "a deploy"} would do. Switch to Draft to edit.`}
          selected={selected}
          onSelect={select}
        />
      </div>
      <Sheet {...props} sheet={sheet} selected={selected} onSelect={select} />
    </div>
  );
}

type SheetState = ReturnType<typeof useSheet>;

/** What is asked for, and the plan that answers it. */
function useSheet(workflow: Workflow) {
  const { version, intent } = useSearch({ from: "/in/workflows/$id/plan" });
  const aim = useAim(workflow);
  const [named, setNamed] = useState<ReadonlySet<string>>(new Set());
  const needed = useNeeded(workflow.id);
  useTopics([`workflow:${workflow.id}`]);
  const { cluster, namespace } = aim;
  const request: PlanRequest = {
    ...(cluster && { cluster }),
    namespace,
    ...(version !== undefined && { version }),
    ...(intent && { intent }),
    ...(named.size > 0 && { delete: [...named] }),
    ...(needed.hasTyped && { secrets: needed.keys }),
  };
  const planned = usePlan(workflow.id, request, !aim.isPending);
  const { error, refetch } = planned.query;
  const faults = error instanceof ApiError && error.details.length > 0 ? error : undefined;
  const shown = faults ? undefined : planned.plan;
  const remake = () => void refetch();
  return { ...planned, version, intent, aim, named, setNamed, needed, request, faults, shown, remake };
}

interface SheetProps extends PlanSheetProps {
  sheet: SheetState;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

function Sheet({ workflow, design, deployed, sheet, selected, onSelect }: SheetProps) {
  const { query, plan, shown, faults, remake, setNamed, isNew, ...rest } = sheet;
  const { aim, version, intent, moved, named, needed, request } = rest;
  const [choices, choose] = useState(usualChoices);
  const rows = useMemo(() => (plan ? planRows(plan, design) : []), [plan, design]);
  const isMaking = isNew || query.isFetching;
  return (
    <section className={page.sheet} aria-label="Review">
      <Said>{shown ? `The plan: ${countsText(shown)}` : ""}</Said>
      <PlanHead {...{ workflow, aim, version, intent, rows, isMaking }} plan={shown} onRemake={remake} />
      <div className={page.body}>
        <Unchecked cluster={aim.cluster} />
        {faults ? (
          <PlanFaults id={workflow.id} error={faults} nodes={design.nodes} onRemake={remake} />
        ) : (
          <Loaded query={query}>
            {(made) => (
              <PlanBody
                {...{ workflow, rows, moved, named, needed, deployed, selected, version, onSelect }}
                plan={made}
                onName={setNamed}
                onEdited={remake}
              />
            )}
          </Loaded>
        )}
      </div>
      {shown && (
        <PlanFoot
          key={shown.plan_hash}
          {...{ workflow, rows, named, needed, request, choices, isMaking }}
          hasMoved={moved.size > 0}
          plan={shown}
          onChoose={choose}
          onMoved={remake}
        />
      )}
    </section>
  );
}

/** Why there is no plan to be had just now. */
function Unchecked({ cluster }: { cluster: string }) {
  const away = useAway(cluster);
  if (!away) return null;
  return (
    <Note
      tone="stale"
      title={`${away.name} has not answered since ${clockText(away.since)}`}
      action={
        <Link to="/clusters/$name" params={{ name: cluster }}>
          See the cluster
        </Link>
      }
    >
      What a deploy would change cannot be checked until it is back. Then it is, by itself.
    </Note>
  );
}

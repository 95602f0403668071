import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { compareDesigns } from "../../../core/versions/compare-designs.ts";
import { useRead } from "../../api.ts";
import { Canvas } from "../../canvas/Canvas.tsx";
import { compareOverlay } from "../../deploy/compare-overlay.ts";
import { compareRows, joined, stepThrough } from "../../deploy/compare-rows.ts";
import page from "../../deploy/Page.module.css";
import { Reading } from "../../deploy/Reading.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { CompareHead } from "./CompareHead.tsx";
import { CompareList } from "./CompareList.tsx";
import type { ComparedProps } from "./compare-props.ts";
import { useSide } from "./use-sides.ts";

/** Two drawings in one: what came, what went, what is other, and what only moved. */
export function ComparePage(): React.ReactNode {
  const { id } = useParams({ from: "/in/workflows/$id/compare" });
  const workflow = useRead(api.getWorkflow, { params: { id } });
  if (workflow.data) return <Sides workflow={workflow.data} />;
  return (
    <Loaded query={workflow} title="Compare">
      {(flow) => <Sides workflow={flow} />}
    </Loaded>
  );
}

function Sides({ workflow }: { workflow: Workflow }) {
  const search = useSearch({ from: "/in/workflows/$id/compare" });
  const from = useSide(workflow, search.from ?? "live");
  const to = useSide(workflow, search.to ?? "draft");
  if (!from.design || !to.design) return <Reading title="Compare" queries={[from.query, to.query]} />;
  return <Compared workflow={workflow} from={from} to={to} before={from.design} after={to.design} />;
}

function Compared(props: ComparedProps) {
  const { workflow, before, after, from, to } = props;
  const search = useSearch({ from: "/in/workflows/$id/compare" });
  const { at, all } = search;
  const navigate = useNavigate({ from: "/workflows/$id/compare" });
  // A drawing that was read again and is the same is compared once.
  const [old, now] = [JSON.stringify(before), JSON.stringify(after)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts stand for the drawings.
  const { rows, both } = useMemo(
    () => ({ rows: compareRows(compareDesigns(before, after), before, after), both: joined(before, after) }),
    [old, now],
  );
  const overlay = useMemo(() => compareOverlay(rows, both), [rows, both]);
  const select = (id: string | undefined) => void navigate({ search: { ...search, at: id }, replace: true });
  useSteps(
    rows.map(({ id }) => id),
    at,
    select,
  );
  return (
    <div className={page.split} data-full>
      <div className={page.picture}>
        <Canvas
          design={both}
          overlay={overlay}
          reason="This is a comparison. Switch to the draft to edit."
          selected={rows.find(({ id }) => id === at)?.what === "node" ? at : undefined}
          onSelect={(id) => id !== undefined && select(id)}
        />
      </div>
      <section className={page.sheet} aria-label="Comparison">
        <CompareHead workflow={workflow} from={from} to={to} rows={rows} />
        <div className={page.body}>
          <CompareList {...props} rows={rows} all={all === true} both={both} at={at} onSelect={select} />
        </div>
      </section>
    </div>
  );
}

/** `N` and `P` walk the differences. */
function useSteps(
  ids: readonly string[],
  at: string | undefined,
  select: (id: string | undefined) => void,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isField =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, [contenteditable=true], [role=dialog]") !== null;
      const by = { n: 1, p: -1 }[event.key] as 1 | -1 | undefined;
      if (isField || by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      select(stepThrough(ids, at, by));
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}

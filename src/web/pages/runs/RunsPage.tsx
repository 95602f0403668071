import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { WorkflowRun } from "../../../contract/runs.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import page from "../../deploy/Page.module.css";
import { Pages } from "../../deploy/Pages.tsx";
import { countsText } from "../../deploy/plan-words.ts";
import { outcomeWord, span } from "../../deploy/run-words.ts";
import { crumbsOf, WorkflowNav } from "../../deploy/WorkflowNav.tsx";
import { useEvent } from "../../live/events.ts";
import { buttonClass } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Status } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";

const limit = 20;

/** All runs of a workflow, the newest first. */
export function RunsPage(): React.ReactNode {
  const { id } = useParams({ from: "/in/workflows/$id/runs" });
  const { page: at = 1 } = useSearch({ from: "/in/workflows/$id/runs" });
  const navigate = useNavigate({ from: "/workflows/$id/runs" });
  const workflow = useRead(api.getWorkflow, { params: { id } });
  const runs = useRead(api.listRuns, { params: { id }, query: { page: at, limit } }, { keepPrevious: true });
  useEvent("run.state", (states) => {
    if (states.some(({ workflow_id }) => workflow_id === id)) void runs.refetch();
  });
  return (
    <Loaded query={workflow} title="Runs">
      {(flow) => (
        <Page>
          <PageHead
            title="Runs"
            crumbs={crumbsOf(flow)}
            actions={
              <Link to="/workflows/$id/plan" params={{ id }} className={buttonClass({ variant: "primary" })}>
                Review
              </Link>
            }
          />
          <WorkflowNav id={id} />
          <Loaded query={runs} empty={({ total }) => (total === 0 ? <NoRuns id={id} /> : undefined)}>
            {(data) => (
              <>
                <Table
                  caption={`Runs of ${flow.name}`}
                  columns={columnsOf(flow)}
                  rows={data.runs}
                  rowKey={(run) => run.id}
                  rowLink={(run) => ({ to: "/workflows/$id/runs/$run", params: { id, run: run.id } })}
                />
                <Pages
                  page={at}
                  limit={limit}
                  total={data.total}
                  onPage={(next) => void navigate({ search: { page: next } })}
                />
              </>
            )}
          </Loaded>
        </Page>
      )}
    </Loaded>
  );
}

function NoRuns({ id }: { id: string }) {
  return (
    <Empty
      title="This workflow has never been deployed"
      text="Each deploy is a run, and stands here with what it did and saw."
      action={
        <Link to="/workflows/$id/plan" params={{ id }} className={buttonClass({ variant: "primary" })}>
          Review what a deploy would do
        </Link>
      }
    />
  );
}

function columnsOf({ id, deployed_version }: Workflow): Column<WorkflowRun>[] {
  return [
    {
      id: "version",
      head: "Run",
      cell: ({ version, intent }) => (intent === "undeploy" ? "Taking away" : `v${version}`),
    },
    { id: "outcome", head: "Outcome", cell: (run) => <Status word={outcomeWord(run)} of="run" /> },
    { id: "where", head: "Where", cell: ({ cluster, namespace }) => `${cluster} / ${namespace}` },
    { id: "what", head: "What changed", cell: ({ counts }) => (counts ? countsText({ counts }) : "") },
    { id: "when", head: "When", cell: ({ started_at }) => <When at={started_at} /> },
    {
      id: "long",
      head: "How long",
      align: "end",
      cell: (run) => (run.status === "running" ? "" : span(run.duration)),
    },
    { id: "then", head: "", align: "end", cell: (run) => <Then id={id} run={run} live={deployed_version} /> },
  ];
}

/** What can be done with what a run deployed. */
function Then({ id, run, live }: { id: string; run: WorkflowRun; live: number | undefined }) {
  if (run.status === "running" || run.intent === "undeploy") return null;
  const small = buttonClass({ size: "small", variant: "quiet" });
  return (
    <span className={page.line}>
      {run.version > 1 && (
        <Link
          to="/workflows/$id/compare"
          params={{ id }}
          search={{ from: String(run.version - 1), to: String(run.version) }}
          className={small}
          aria-label={`Compare v${run.version} with the one before`}
        >
          Compare
        </Link>
      )}
      {run.outcome === "succeeded" && run.version !== live && (
        <Link
          to="/workflows/$id/plan"
          params={{ id }}
          search={{ version: run.version, cluster: run.cluster, namespace: run.namespace }}
          className={small}
          aria-label={`Roll back to v${run.version}`}
        >
          Roll back to this
        </Link>
      )}
    </span>
  );
}

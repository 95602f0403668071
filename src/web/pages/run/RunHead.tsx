import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { RunRecord } from "../../../contract/runs.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import page from "../../deploy/Page.module.css";
import { type Heard, isGoingBack, type Line, progressOf, type RunNodeView } from "../../deploy/run-view.ts";
import { clock, liveVersionOf, outcomeWord, verdictOf } from "../../deploy/run-words.ts";
import { crumbsOf, WorkflowNav } from "../../deploy/WorkflowNav.tsx";
import { statusLook } from "../../look/status.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { Note } from "../../parts/Note.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Pill } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { CancelDialog } from "./CancelDialog.tsx";
import styles from "./Run.module.css";

interface RunHeadProps {
  workflow: Workflow;
  record: RunRecord;
  heard: Heard;
  lines: readonly Line[];
  views: readonly RunNodeView[];
  now: number;
  isLost: boolean;
}

/** Which run it is, how far it is, and how it ended. */
export function RunHead(props: RunHeadProps) {
  const { workflow, record, lines, isLost } = props;
  const isRunning = record.status === "running";
  const goesBack = isGoingBack(record, lines);
  return (
    <header className={page.head}>
      <PageHead
        title={record.intent === "undeploy" ? "Run that takes away" : `Run of v${record.version}`}
        crumbs={[
          ...crumbsOf(workflow),
          { label: "Runs", link: { to: "/workflows/$id/runs", params: { id: workflow.id } } },
        ]}
        actions={<Actions {...props} />}
        meta={
          <>
            <span>
              {workflow.name} to {record.cluster} / {record.namespace}
            </span>
            <span>by {record.by.name}</span>
            <span>
              started <When at={record.started_at} />
            </span>
          </>
        }
      />
      <WorkflowNav id={workflow.id} />
      <Progress {...props} goesBack={goesBack} />
      {isRunning && isLost && (
        <Note tone="stale" title="The server is coming back; the run goes on">
          What you see is from before. It will be brought up to date by itself.
        </Note>
      )}
      <Ending {...props} />
    </header>
  );
}

function Actions({ workflow, record }: RunHeadProps) {
  const [isAsking, ask] = useState(false);
  const { id } = workflow;
  if (record.status === "running")
    return (
      <>
        <Button onClick={() => ask(true)}>Cancel…</Button>
        <CancelDialog id={id} run={record.id} open={isAsking} onOpenChange={ask} />
      </>
    );
  if (record.intent === "undeploy") return null;
  const isLive = liveVersionOf(workflow, record) === record.version;
  return (
    <Link
      to="/workflows/$id/plan"
      params={{ id }}
      search={{ version: record.version, cluster: record.cluster, namespace: record.namespace }}
      className={buttonClass()}
    >
      {isLive ? "Run again" : `Deploy v${record.version} again`}
    </Link>
  );
}

function Progress({ record, heard, now, goesBack }: RunHeadProps & { goesBack: boolean }) {
  const { done, total } = progressOf(record, heard);
  const isRunning = record.status === "running";
  const known = statusLook(outcomeWord(record), "run");
  const look = goesBack ? { ...statusLook("putting_back", "runNode"), word: "Putting back" } : known;
  const ms = isRunning ? now - Date.parse(record.started_at) : record.duration;
  return (
    <div className={styles.progress}>
      <div className={page.line} data-outcome={outcomeWord(record)}>
        <Pill look={look} />
        {total > 0 && (
          <span>
            {done} of {total}
          </span>
        )}
        <span>{clock(ms)}</span>
      </div>
      {isRunning && (
        <progress
          className={styles.bar}
          value={done}
          max={Math.max(1, total)}
          aria-label="Nodes that are ready"
        />
      )}
    </div>
  );
}

/** How it ended, read out as it does; that it failed, to those who followed it, at once. */
function Ending(props: RunHeadProps) {
  const { status } = props.record;
  const [wasRunning] = useState(status === "running");
  return (
    <div className={styles.ending} aria-live={wasRunning && status === "failed" ? "assertive" : "polite"}>
      <Verdict {...props} />
    </div>
  );
}

function Verdict({ workflow, record, views }: RunHeadProps) {
  const verdict = verdictOf(record, liveVersionOf(workflow, record));
  if (!verdict) return null;
  const root = views.find(({ isRoot }) => isRoot);
  // What failed is told in full where it stands in the list.
  const why = root
    ? `${root.name} failed. ${root.detail}`
    : record.status === "failed"
      ? record.error
      : undefined;
  return (
    <Note tone={verdict.tone} title={verdict.title}>
      {verdict.more}
      {verdict.more && why && " "}
      {why}
    </Note>
  );
}

import { Link } from "@tanstack/react-router";
import { useState } from "react";
import "../../look/mono.ts";
import type { RunRecord } from "../../../contract/runs.ts";
import { FieldLink } from "../../deploy/FieldLink.tsx";
import { FieldTable } from "../../deploy/FieldTable.tsx";
import { causeOf } from "../../deploy/failure-words.ts";
import { fieldRow } from "../../deploy/field-row.ts";
import page from "../../deploy/Page.module.css";
import type { RunNodeView } from "../../deploy/run-view.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { When } from "../../parts/When.tsx";
import styles from "./Run.module.css";
import type { RunPanelProps } from "./run-props.ts";

interface DetailProps extends RunPanelProps {
  view: RunNodeView;
}

const shownLines = 20;

/** One node of a run: why it is where it is, in words, and what was seen of it. */
export function NodeDetail({ view, record, workflow }: DetailProps) {
  const node = record.nodes.find(({ node_id }) => node_id === view.node_id);
  const { log_tail = [], events = [] } = node ?? {};
  const isFailed = view.state === "failed";
  const { words } = causeOf(view.reason, view.message);
  return (
    <div className={styles.detail}>
      {isFailed && <p className={styles.cause}>{words}</p>}
      {view.message && view.message !== words && (
        <p className={page.meta}>
          {view.reason && <strong>{view.reason}: </strong>}
          {view.message}
        </p>
      )}
      <Changes record={record} id={view.node_id} name={view.name} />
      {log_tail.length > 0 && <LastLines lines={log_tail} name={view.name} />}
      {events.length > 0 && <Events events={events} />}
      {isFailed && <Fix id={workflow.id} view={view} />}
    </div>
  );
}

/** To the setting that it failed of, in the draft. */
function Fix({ id, view }: { id: string; view: RunNodeView }) {
  const { field } = causeOf(view.reason, view.message);
  return (
    <p className={page.line}>
      <FieldLink
        id={id}
        node_id={view.node_id}
        path={field === undefined ? "" : `/${field}`}
        className={buttonClass({ size: "small", variant: "primary" })}
      >
        {field === "image" ? "Fix image in draft" : "Fix in draft"}
      </FieldLink>
      <Link
        to="/workflows/$id/runs/$run"
        from="/workflows/$id/runs/$run"
        search={{ tab: "log", node: view.node_id }}
        className={buttonClass({ size: "small", variant: "quiet" })}
      >
        Its log
      </Link>
    </p>
  );
}

/** What this run was to change in it. */
function Changes({ record, id, name }: { record: RunRecord; id: string; name: string }) {
  const objects = record.plan?.nodes.find(({ node_id }) => node_id === id)?.objects ?? [];
  const rows = objects.flatMap(({ fields }) => fields.map(fieldRow));
  return <FieldTable label={`What the run changes in ${name}`} rows={rows} />;
}

function LastLines({ lines, name }: { lines: readonly string[]; name: string }) {
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(-shownLines);
  return (
    <figure className={styles.tail}>
      <figcaption className={page.meta}>Last lines of {name}</figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
        className={styles.lines}
      >
        {shown.join("\n")}
      </pre>
      {shown.length < lines.length && (
        <Button size="small" variant="quiet" onClick={() => showWhole(true)}>
          All {lines.length} lines
        </Button>
      )}
    </figure>
  );
}

type Event = RunRecord["nodes"][number]["events"][number];

function Events({ events }: { events: readonly Event[] }) {
  return (
    <ul className={styles.events} aria-label="Events">
      {events.map(({ at, type, reason, message, object }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list only ever grows at its end.
        <li key={index} data-warning={type === "Warning" || undefined}>
          <span className={page.meta}>
            <When at={at} /> · {object} · {reason}
          </span>
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}

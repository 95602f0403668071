import { useState } from "react";
import type { RunRecord } from "../../../contract/runs.ts";
import page from "../../deploy/Page.module.css";
import { counted } from "../../deploy/plan-words.ts";
import { Button } from "../../parts/Button.tsx";
import { Select } from "../../parts/Choices.tsx";
import { Code } from "../../parts/Code.tsx";
import { Tag } from "../../parts/Status.tsx";
import styles from "./Run.module.css";

type Entry = RunRecord["evidence"][number];
type Kind = Entry["kind"] | "all";

const atOnce = 60;

/** What the run asked the cluster, was answered and saw, as it was kept; secret values are masked. */
export function EvidenceList({
  record: { evidence },
  nameOf,
}: {
  record: RunRecord;
  nameOf: (id: string) => string;
}) {
  const [kind, setKind] = useState<Kind>("all");
  const [most, showMore] = useState(atOnce);
  const wanted = evidence.filter((entry) => kind === "all" || entry.kind === kind);
  return (
    <div className={styles.stack}>
      <div className={page.between}>
        <span className={page.meta}>
          {counted(wanted.length, "entry").replace("entrys", "entries")}, secret values masked
        </span>
        <Select<Kind>
          label="Kind of evidence"
          value={kind}
          onChange={setKind}
          options={[
            { value: "all", label: "All" },
            { value: "request", label: "Requests" },
            { value: "state", label: "States" },
            { value: "event", label: "Events" },
            { value: "log", label: "Logs" },
          ]}
        />
      </div>
      <ol className={styles.evidence}>
        {wanted.slice(0, most).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: evidence is only ever added at its end.
          <li key={index}>
            <EvidenceEntry entry={entry} nameOf={nameOf} />
          </li>
        ))}
      </ol>
      {wanted.length > most && (
        <Button size="small" onClick={() => showMore(most + 200)}>
          Show more
        </Button>
      )}
    </div>
  );
}

function EvidenceEntry({ entry, nameOf }: { entry: Entry; nameOf: (id: string) => string }) {
  const { title, more } = entryText(entry, nameOf);
  const head = (
    <>
      <time className={page.meta} dateTime={entry.at}>
        {entry.at.slice(11, 23)}
      </time>
      <Tag>{entry.kind}</Tag>
      <span className={styles.evidenceText}>{title}</span>
    </>
  );
  if (!more) return <p className={styles.entry}>{head}</p>;
  return (
    <details className={styles.details}>
      <summary className={styles.entry}>{head}</summary>
      <Code text={more} />
    </details>
  );
}

function entryText(entry: Entry, nameOf: (id: string) => string): { title: string; more?: string } {
  if (entry.kind === "request") {
    const { method, path, status, ms, body, answer } = entry;
    const sent = {
      ...(body !== undefined && { sent: body }),
      ...(answer !== undefined && { answered: answer }),
    };
    return { title: `${method} ${path} · ${status} · ${ms} ms`, more: JSON.stringify(sent, null, 2) };
  }
  const name = nameOf(entry.node_id);
  if (entry.kind === "state")
    return { title: [name, entry.status, entry.reason, entry.message].filter(Boolean).join(" · ") };
  if (entry.kind === "event")
    return { title: `${name} · ${entry.object} · ${entry.reason}: ${entry.message}` };
  if (entry.kind === "log")
    return {
      title: `${name} · ${entry.pod} / ${entry.container}${entry.previous ? ", before its restart" : ""}`,
      more: entry.lines.join("\n"),
    };
  return { title: "Something this page does not know" };
}

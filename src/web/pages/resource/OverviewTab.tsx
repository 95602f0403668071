import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api } from "../../../contract/api.ts";
import type { Resource } from "../../../contract/resources.ts";
import { useRead } from "../../api.ts";
import { Note } from "../../parts/Note.tsx";
import { Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { Containers } from "./Containers.tsx";
import { Marks } from "./Marks.tsx";
import styles from "./OverviewTab.module.css";
import { Pods } from "./Pods.tsx";
import { hasPods } from "./resource-search.ts";
import { Section } from "./Section.tsx";
import { specRows } from "./spec-rows.ts";

interface OverviewTabProps {
  resource: Resource;
  /** Why it is as it is, where that is known. */
  message: string | undefined;
}

/** What it is made of, whose it is, and what somebody has noted about it. */
export function OverviewTab({ resource, message }: OverviewTabProps) {
  const { id, type, spec, labels, annotations, status } = resource;
  const { containers, ...rest } = spec;
  const isWell = status === "running" || status === "completed";
  return (
    <div className={styles.overview}>
      <div className={styles.main}>
        {message && !isWell && <Note tone={status === "failed" ? "bad" : "warn"} title={message} />}
        {Array.isArray(containers) && <Containers containers={containers} />}
        {hasPods(type) && <Pods id={id} />}
        <Facts title="Now" rows={specRows(rest)} />
        <Pairs title="Labels" pairs={labels} />
        <Pairs title="Annotations" pairs={annotations} />
      </div>
      <div className={styles.side}>
        <Marks key={id} resource={resource} />
        <Belongs resource={resource} />
        <Times resource={resource} />
      </div>
    </div>
  );
}

interface FactRow {
  name: string;
  values: readonly ReactNode[];
}

function Facts({ title, rows }: { title: string; rows: readonly FactRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <dl className={styles.facts}>
        {rows.map(({ name, values }) => (
          <div key={name}>
            <dt>{name}</dt>
            {values.map((value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: values of a list have nothing else.
              <dd key={index}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Pairs({ title, pairs }: { title: string; pairs: Readonly<Record<string, string>> | null }) {
  const entries = Object.entries(pairs ?? {});
  if (entries.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles.pairs}>
        {entries.map(([key, value]) => (
          <li key={key}>
            <Tag>
              <span className={styles.key}>{key}</span>
              {value && <> {value}</>}
            </Tag>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Its owners in the cluster, and the workflow that it was drawn in. */
function Belongs({ resource }: { resource: Resource }) {
  const { id, ownerReferences, workflowName } = resource;
  const { data } = useRead(api.listRelated, { params: { id } }, { enabled: ownerReferences.length > 0 });
  const owners = ownerReferences.map(({ kind, name, uid }) => {
    const known = data?.nodes.find((node) => node.type === kind && node.name === name);
    return known ? (
      <Link key={uid} to="/resources/$id" params={{ id: known.id }}>
        {kind} {name}
      </Link>
    ) : (
      `${kind} ${name}`
    );
  });
  const rows: FactRow[] = [
    ...(workflowName === undefined ? [] : [{ name: "Workflow", values: [workflowName] }]),
    ...(owners.length === 0 ? [] : [{ name: "Owned by", values: owners }]),
  ];
  return <Facts title="Belongs to" rows={rows} />;
}

function Times({ resource }: { resource: Resource }) {
  const { createdAt, firstDiscoveredAt, lastSeenAt, deletedAt, uid, apiVersion } = resource;
  const rows: FactRow[] = [
    { name: "Created", values: [<When key="created" at={createdAt} />] },
    { name: "First seen", values: [<When key="first" at={firstDiscoveredAt} />] },
    { name: "Last seen", values: [<When key="last" at={lastSeenAt} />] },
    ...(deletedAt === undefined ? [] : [{ name: "Gone", values: [<When key="gone" at={deletedAt} />] }]),
    { name: "API", values: [apiVersion] },
    { name: "UID", values: [<code key="uid">{uid}</code>] },
  ];
  return <Facts title="Identity" rows={rows} />;
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api } from "../../../contract/api.ts";
import type { ClusterMetrics } from "../../../contract/cluster-observe.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead } from "../../api.ts";
import { Meter } from "../../parts/Charts.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Note } from "../../parts/Note.tsx";
import { Panel } from "../../parts/Page.tsx";
import { Status, Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { bytesText, capacityText, coresText } from "../clusters/amounts.ts";
import { WorkflowsOf } from "../clusters/RemoveCluster.tsx";
import styles from "./ClusterPage.module.css";

/** How a cluster is and what it has. */
export function Overview({ cluster }: { cluster: Cluster }) {
  const isWhole = cluster.namespaces.length === 0;
  return (
    <div className={styles.stack}>
      <Standing cluster={cluster} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Facts cluster={cluster} />
          <Panel title="Workflows">
            <WorkflowsOf name={cluster.name} none="No workflow uses this cluster." />
          </Panel>
        </div>
        {isWhole && cluster.status === "connected" && <Use name={cluster.name} />}
      </div>
    </div>
  );
}

/** What somebody has to know before anything else. */
function Standing({ cluster: { name, status, simulated, warning, lastCheck } }: { cluster: Cluster }) {
  if (status !== "connected")
    return (
      <Note
        tone="stale"
        title={`${name} does not answer`}
        action={
          <Link to="/clusters/$name" params={{ name }} search={{ tab: "settings" }}>
            Change the way in
          </Link>
        }
      >
        {warning && <p>{warning}</p>}
        <p>
          Last tried: <When at={lastCheck} />. What you see is from before.
        </p>
      </Note>
    );
  if (simulated)
    return (
      <Note tone="idle" title="Simulated">
        The sandbox behaves like a cluster and runs nothing. It is there to look around and to try things out.
      </Note>
    );
  return warning ? <Note tone="warn">{warning}</Note> : null;
}

function Facts({ cluster }: { cluster: Cluster }) {
  const { metadata, server, namespace, insecure, namespaces, description } = cluster;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["Description", description],
    ["Server", server],
    ["Way in", insecure && "TLS is not verified"],
    ["Version", metadata.version],
    ["Platform", [metadata.provider, metadata.platform, metadata.region].filter(Boolean).join(", ")],
    ["Nodes", metadata.nodeCount || ""],
    ["Capacity", capacityText(metadata)],
    ["Default namespace", namespace],
    ["Your namespaces", tags(namespaces)],
    ["Namespaces", tags(metadata.namespaces)],
    ["Storage classes", tags(metadata.storageClasses)],
    ["Capabilities", tags(metadata.capabilities)],
  ];
  return (
    <Panel title="About">
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}

function tags(words: readonly string[]): ReactNode {
  if (words.length === 0) return undefined;
  return (
    <span className={styles.tags}>
      {words.map((word) => (
        <Tag key={word}>{word}</Tag>
      ))}
    </span>
  );
}

function Use({ name }: { name: string }) {
  const query = useRead(api.getClusterMetrics, { params: { name } }, { staleTime: 30_000 });
  return (
    <div className={styles.stack}>
      <Loaded query={query}>
        {(metrics) => (
          <div className={styles.stack}>
            <Panel title="In use">
              <Amounts metrics={metrics} />
            </Panel>
            <Panel title="Health">
              <Components metrics={metrics} />
            </Panel>
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Amounts({ metrics: { resources, metricsAvailable, podCount } }: { metrics: ClusterMetrics }) {
  const { cpu, memory, storage } = resources;
  const of = (used: number, capacity: number, say: (amount: number) => string) =>
    `${say(used)} of ${say(capacity)}`;
  return (
    <>
      {metricsAvailable ? (
        <>
          <Meter
            label="Processors"
            value={cpu.used}
            capacity={cpu.capacity}
            text={of(cpu.used, cpu.capacity, coresText)}
          />
          <Meter
            label="Memory"
            value={memory.used}
            capacity={memory.capacity}
            text={of(memory.used, memory.capacity, bytesText)}
          />
        </>
      ) : (
        <p className={styles.quiet}>The cluster has no metrics server, so what is used is not known.</p>
      )}
      {storage.capacity > 0 && (
        <Meter
          label="Storage"
          value={storage.used}
          capacity={storage.capacity}
          text={of(storage.used, storage.capacity, bytesText)}
        />
      )}
      <p className={styles.quiet}>{podCount === 1 ? "1 pod" : `${podCount} pods`}</p>
    </>
  );
}

function Components({ metrics: { health, lastUpdated } }: { metrics: ClusterMetrics }) {
  return (
    <>
      <ul className={styles.components}>
        {health.map(({ name, status, message }) => (
          <li key={name}>
            <span>
              {name}
              {message && <span className={styles.quiet}> {message}</span>}
            </span>
            <Status of="cluster" word={status} />
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        seen <When at={lastUpdated} />
      </p>
    </>
  );
}

import { api } from "../../contract/api.ts";
import type { DesignNode } from "../../contract/design.ts";
import type { Resource, ResourceSummary } from "../../contract/resources.ts";
import { kindTitle } from "../../core/catalog/titles.ts";
import { useRead } from "../api.ts";
import { useGraph } from "../canvas/graph-store.ts";
import { statusWords } from "../canvas/status-words.ts";
import { type Seen, useNodeStatus } from "../canvas/statuses.ts";
import { useOldSince } from "../canvas/use-old-since.ts";
import { DriftPanel } from "../deploy/DriftPanel.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Note } from "../parts/Note.tsx";
import { Pill, Status } from "../parts/Status.tsx";
import { When } from "../parts/When.tsx";
import styles from "./Live.module.css";
import { useNodeObject } from "./use-node-object.ts";

/** What the cluster has of a node. */
export function LiveTab({ node, namespace }: { node: DesignNode; namespace: string }) {
  const workflowId = useGraph((state) => state.workflowId);
  const workflow = useRead(api.getWorkflow, { params: { id: workflowId } }, { enabled: workflowId !== "" });
  const seen = useNodeStatus(node.id);
  const object = useNodeObject(node, namespace);
  const kind = object?.kind ?? kindTitle(node.type) ?? "";
  const name = object?.metadata.name ?? "";
  const query = { workflowId, type: kind, search: name, limit: 100 };
  const found = useRead(api.listResources, { query }, { enabled: object !== undefined });
  return (
    <div className={styles.live}>
      {seen ? (
        <Standing kind={node.type} seen={seen} />
      ) : (
        <Note tone="idle">Not deployed. Nothing of this node has been seen in a cluster.</Note>
      )}
      {object && (
        <Loaded query={found}>
          {({ resources }) => (
            <InCluster resource={resources.find((each) => isOf(each, name, object.metadata.namespace))} />
          )}
        </Loaded>
      )}
      {seen && workflow.data && <DriftPanel workflow={workflow.data} nodeId={node.id} />}
    </div>
  );
}

function Standing({ kind, seen }: { kind: string; seen: Seen }) {
  const oldSince = useOldSince();
  const { look, message } = statusWords(kind, seen, oldSince);
  return (
    <div>
      <Pill look={look} message={message} />
      <p className={styles.message}>
        {oldSince ? `Before that: ${statusWords(kind, seen).look.word}` : seen.status.message}
      </p>
    </div>
  );
}

function isOf({ name, namespace, status }: ResourceSummary, wanted: string, inNamespace = ""): boolean {
  return name === wanted && (namespace === inNamespace || inNamespace === "") && status !== "deleted";
}

const withPods: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);

function InCluster({ resource }: { resource: ResourceSummary | undefined }) {
  if (!resource) return null;
  const { id, type } = resource;
  return (
    <>
      {withPods.has(type) && <Pods id={id} />}
      <Events id={id} />
    </>
  );
}

function Pods({ id }: { id: string }) {
  const pods = useRead(api.listResourcePods, { params: { id } });
  return (
    <section aria-label="Pods">
      <h3 className={styles.title}>Pods</h3>
      <Loaded
        query={pods}
        empty={({ pods: list }) => list.length === 0 && <p className={styles.quiet}>No pod is there.</p>}
      >
        {({ pods: list }) => (
          <ul className={styles.list}>
            {list.map((pod) => (
              <PodRow key={pod.id} pod={pod} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function PodRow({ pod }: { pod: Resource }) {
  return (
    <li className={styles.row}>
      <span className={styles.name}>{pod.name}</span>
      <Status word={pod.status} />
    </li>
  );
}

const most = 20;

function Events({ id }: { id: string }) {
  const events = useRead(api.listResourceEvents, { params: { id } });
  return (
    <section aria-label="Events">
      <h3 className={styles.title}>Events</h3>
      <Loaded
        query={events}
        empty={({ events: list }) =>
          list.length === 0 && <p className={styles.quiet}>The cluster tells of nothing.</p>
        }
      >
        {({ events: list }) => (
          <ul className={styles.list}>
            {list.slice(0, most).map((event) => (
              <li key={`${event.at} ${event.reason} ${event.message}`} className={styles.event}>
                <p className={styles.reason}>
                  <strong className={event.type === "Warning" ? styles.warning : undefined}>
                    {event.reason}
                  </strong>
                  {event.count > 1 && <span>{event.count} times</span>}
                  <When at={event.at} />
                </p>
                <p className={styles.text}>{event.message}</p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

import { api } from "../../../contract/api.ts";
import type { HistoryAction, ResourceChange } from "../../../contract/resources.ts";
import { useRead } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Status } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { type FieldRow, fieldRows } from "./field-rows.ts";
import styles from "./HistoryTab.module.css";

const perPage = 20;

interface HistoryTabProps {
  id: string;
  page: number | undefined;
  onPage: (page: number | undefined) => void;
}

/** What became of it, field by field, the newest first. */
export function HistoryTab({ id, page = 1, onPage }: HistoryTabProps) {
  const query = useRead(
    api.listResourceHistory,
    { params: { id }, query: { page, limit: perPage } },
    { keepPrevious: true },
  );
  return (
    <Loaded
      query={query}
      empty={({ total }) =>
        total === 0 ? <Empty title="Nothing has happened to it since it was first seen" /> : undefined
      }
    >
      {({ history, total }) => (
        <>
          <ol className={styles.history}>
            {history.map((change) => (
              <Change key={change.id} change={change} />
            ))}
          </ol>
          {total > perPage && (
            <nav className={styles.pages} aria-label="Pages of the history">
              <Button
                disabledReason={page === 1 ? "These are the newest" : undefined}
                onClick={() => onPage(page === 2 ? undefined : page - 1)}
              >
                Newer
              </Button>
              <span>
                {(page - 1) * perPage + 1}–{Math.min(total, page * perPage)} of {total.toLocaleString("en")}
              </span>
              <Button
                disabledReason={page * perPage >= total ? "These are the oldest" : undefined}
                onClick={() => onPage(page + 1)}
              >
                Older
              </Button>
            </nav>
          )}
        </>
      )}
    </Loaded>
  );
}

const actions: Readonly<Record<HistoryAction, string>> = {
  created: "First seen",
  updated: "Changed",
  scaled: "Scaled",
  image_changed: "Another image",
  labels_changed: "Other labels",
  container_restarted: "Restarted",
  status_changed: "Another status",
  deleted: "Gone",
};

function Change({ change }: { change: ResourceChange }) {
  const { action, message, timestamp, changes, oldStatus, newStatus } = change;
  const rows = fieldRows(changes);
  const isTold = oldStatus !== undefined && newStatus !== undefined && oldStatus !== newStatus;
  return (
    <li className={styles.change} data-action={action}>
      <div className={styles.head}>
        <strong>{actions[action] ?? `Unknown (${action})`}</strong>
        {isTold ? (
          <span className={styles.statuses}>
            <Status word={oldStatus} of="resource" /> → <Status word={newStatus} of="resource" />
          </span>
        ) : (
          <span>{message === actions[action] ? "" : message}</span>
        )}
        <span className={styles.when}>
          <When at={timestamp} />
        </span>
      </div>
      {rows.length > 0 && (
        <dl className={styles.fields}>
          {rows.map((row) => (
            <Field key={row.key} row={row} />
          ))}
        </dl>
      )}
    </li>
  );
}

function Field({ row: { path, kind, from, to } }: { row: FieldRow }) {
  return (
    <div>
      <dt>{path.join(" › ")}</dt>
      <dd>
        {kind !== "added" && <del>{from}</del>}
        {kind === "changed" && <span aria-hidden> → </span>}
        {kind !== "removed" && <ins>{to}</ins>}
        {kind !== "changed" && <span className={styles.kind}>{kind}</span>}
      </dd>
    </div>
  );
}

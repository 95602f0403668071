import type { ApiError } from "../../../client/api-error.ts";
import type { DesignNode } from "../../../contract/design.ts";
import { nameOfNode } from "../../../core/relations/node-names.ts";
import { FieldLink } from "../../deploy/FieldLink.tsx";
import { fieldName } from "../../deploy/field-words.ts";
import { counted } from "../../deploy/plan-words.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { Note } from "../../parts/Note.tsx";
import styles from "./Plan.module.css";

interface FaultsProps {
  id: string;
  error: ApiError;
  nodes: readonly DesignNode[];
  onRemake: () => void;
}

/** What keeps a plan from being made: each leads to where it is put right. */
export function PlanFaults({ id, error, nodes, onRemake }: FaultsProps) {
  const nodeOf = (node_id: string | undefined) => nodes.find((node) => node.id === node_id);
  const first = error.details.find(({ node_id }) => nodeOf(node_id));
  return (
    <>
      <Note tone="bad" title={error.message} alert>
        {counted(error.details.length, "problem")} to put right. Nothing can be deployed before that.
      </Note>
      <ul className={styles.faults}>
        {error.details.map(({ node_id, path, message }) => {
          const node = nodeOf(node_id);
          return (
            <li key={`${node_id} ${path} ${message}`} className={styles.fault}>
              {node ? (
                <FieldLink id={id} node_id={node.id} path={path}>
                  {nameOfNode(node)}
                  {path && ` · ${fieldName(path)}`}
                </FieldLink>
              ) : (
                <strong>The drawing</strong>
              )}
              <span>{message}</span>
            </li>
          );
        })}
      </ul>
      <div className={styles.choices}>
        <FieldLink
          id={id}
          node_id={first?.node_id}
          path={first?.path ?? ""}
          className={buttonClass({ variant: "primary" })}
        >
          Fix {counted(error.details.length, "problem")}
        </FieldLink>
        <Button onClick={onRemake}>Make the plan again</Button>
      </div>
    </>
  );
}

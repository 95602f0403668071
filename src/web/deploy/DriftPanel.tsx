import { useNavigate } from "@tanstack/react-router";
import { api } from "../../contract/api.ts";
import type { DriftedNode } from "../../contract/drift.ts";
import type { Workflow } from "../../contract/workflows.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { useRead } from "../api.ts";
import { withNodes } from "../canvas/graph.ts";
import { Button } from "../parts/Button.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Note } from "../parts/Note.tsx";
import { toast } from "../parts/toast.ts";
import { When } from "../parts/When.tsx";
import { adopted } from "./adopted.ts";
import styles from "./DriftPanel.module.css";
import { fieldName, valueText } from "./field-words.ts";
import { counted } from "./plan-words.ts";
import { useDraftEdit } from "./use-draft-edit.ts";

interface DriftProps {
  workflow: Workflow;
  /** Of one node alone. */
  nodeId?: string | undefined;
}

/** What in the cluster is no longer as it was deployed, and, field by field, what becomes of that. */
export function DriftPanel({ workflow, nodeId }: DriftProps) {
  const { id, deployed_version } = workflow;
  const query = useRead(api.getDrift, { params: { id } }, { enabled: deployed_version !== undefined });
  if (deployed_version === undefined) return null;
  return (
    <Loaded query={query}>
      {({ version, nodes, checked_at }) => {
        const own = nodes.filter(({ node_id }) => nodeId === undefined || node_id === nodeId);
        const fields = own.reduce((sum, node) => sum + node.fields.length + node.missing.length, 0);
        return (
          <section className={styles.drift} aria-label="Drift">
            <Note
              tone={fields === 0 ? "ok" : "warn"}
              title={
                fields === 0
                  ? `The cluster has it as v${version} has it`
                  : `${counted(fields, "field")} ${fields === 1 ? "differs" : "differ"} from v${version}`
              }
            >
              checked <When at={checked_at} />
            </Note>
            {own.map((node) => (
              <DriftedList key={node.node_id} workflow={workflow} node={node} />
            ))}
          </section>
        );
      }}
    </Loaded>
  );
}

function DriftedList({
  workflow,
  node: { node_id, missing, fields },
}: {
  workflow: Workflow;
  node: DriftedNode;
}) {
  const drawn = workflow.nodes.find(({ id }) => id === node_id);
  const name = drawn ? nameOfNode(drawn) : node_id;
  return (
    <div>
      <h3 className={styles.name}>{name}</h3>
      <ul className={styles.fields}>
        {missing.map((key) => (
          <li key={key} className={styles.field}>
            <strong>{key.split("/").at(-1)}</strong> Gone from the cluster. The next deploy makes it again.
          </li>
        ))}
        {fields.map((field) => (
          <DriftedField key={`${field.key} ${field.path}`} {...{ workflow, field, node_id, name }} />
        ))}
      </ul>
    </div>
  );
}

interface FieldProps {
  workflow: Workflow;
  field: DriftedNode["fields"][number];
  node_id: string;
  name: string;
}

function DriftedField({ workflow, field, node_id, name }: FieldProps) {
  const { path, designed, live, manager, at } = field;
  const { adopt, putBack } = useDecision({ workflow, field, node_id, name });
  return (
    <li className={styles.field} data-drifted={path}>
      <p>
        <strong title={path}>{fieldName(path)}</strong>
      </p>
      <dl className={styles.values}>
        <dt>Designed</dt>
        <dd>
          <code>{valueText(designed)}</code>
        </dd>
        <dt>Live</dt>
        <dd>{live === undefined ? "gone" : <code>{valueText(live)}</code>}</dd>
        <dt>Changed by</dt>
        <dd>
          {manager ?? "not said"}
          {at && (
            <>
              , <When at={at} />
            </>
          )}
        </dd>
      </dl>
      <p className={styles.choices}>
        {adopt && (
          <Button
            size="small"
            onClick={() => void adopt()}
            aria-label={`Adopt ${fieldName(path)} of ${name}`}
          >
            Adopt
          </Button>
        )}
        <Button
          size="small"
          variant="quiet"
          onClick={() => void putBack()}
          aria-label={`Put back ${fieldName(path)} of ${name}`}
        >
          Put back
        </Button>
      </p>
    </li>
  );
}

/** Either way it is the draft that is edited, and the next deploy that acts. */
function useDecision({ workflow, field: { path, live, manager }, node_id, name }: FieldProps) {
  const edit = useDraftEdit(workflow.id);
  const navigate = useNavigate();
  const review = () => void navigate({ to: "/workflows/$id/plan", params: { id: workflow.id } });
  const what = `${fieldName(path)} of ${name}`;
  const drawn = workflow.nodes.find(({ id }) => id === node_id);
  const mayAdopt = drawn !== undefined && adopted(drawn, path, live) !== undefined;

  async function adopt(): Promise<void> {
    await edit(`adopt ${what}`, (graph) => {
      const now = graph.nodes.get(node_id);
      const next = now && adopted(now, path, live);
      return next ? withNodes(graph, [next]) : graph;
    });
    toast({
      tone: "ok",
      title: `The draft has ${what} as the cluster has it`,
      action: { label: "Review", onPress: review },
    });
  }

  async function putBack(): Promise<void> {
    // What somebody else manages by now has to be taken from them to be put back.
    if (manager !== undefined)
      await edit(`put ${what} back`, (graph) => {
        const now = graph.nodes.get(node_id);
        if (!now) return graph;
        const known = (now.data.ownership ?? {}) as Record<string, unknown>;
        return withNodes(graph, [{ ...now, data: { ...now.data, ownership: { ...known, [path]: "take" } } }]);
      });
    toast({
      tone: "ok",
      title: `The next deploy puts ${what} back`,
      action: { label: "Review", onPress: review },
    });
  }
  return { adopt: mayAdopt ? adopt : undefined, putBack };
}

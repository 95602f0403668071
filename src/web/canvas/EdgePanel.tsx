import { Trash2 } from "lucide-react";
import type { Condition, DesignEdge, DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { Button } from "../parts/Button.tsx";
import { Select } from "../parts/Choices.tsx";
import { Field } from "../parts/Field.tsx";
import { useDesk } from "./board-store.ts";
import { disconnect } from "./commands.ts";
import styles from "./EdgePanel.module.css";
import { conditionOf, labelOf, lineOf, sentenceOf } from "./edge-words.ts";
import { useGraph } from "./graph-store.ts";

const fills: Readonly<Record<string, string>> = {
  traffic: "Names, ports and labels at both ends follow from it and are not typed twice.",
  config: "The workload sees its keys as files at this place, unless its settings say otherwise.",
  secret: "The workload sees its keys as files at this place, unless its settings say otherwise.",
  storage: "The workload finds these files at this place, unless its settings say otherwise.",
  scaling: "The autoscaler decides how many replicas there are; the workload's own number does not count.",
  policy: "The policy's rules hold for the pods of the workload.",
  dependency: "Nothing but the order in which a deploy starts them follows from it.",
  none: "It has no effect. Remove it, or make one wait for the other.",
};

/** What an edge means, and what can be changed about it. */
export function EdgePanel({ id }: { id: string }) {
  const edge = useGraph(({ graph }) => graph.edges.get(id));
  const source = useGraph(({ graph }) => graph.nodes.get(edge?.source ?? ""));
  const target = useGraph(({ graph }) => graph.nodes.get(edge?.target ?? ""));
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  const desk = useDesk();
  if (!edge || !source || !target) return null;
  const line = lineOf(edge, source, target);
  return (
    <section className={styles.panel} aria-labelledby="edge-title">
      <h2 id="edge-title">
        {nameOfNode(source)} → {nameOfNode(target)}
      </h2>
      <p>{sentenceOf(edge, source, target)}.</p>
      {line !== "dependency" && <p className={styles.label}>{labelOf(edge, source, target)}</p>}
      <p className={styles.help}>{fills[line]}</p>
      {line === "dependency" && <ConditionField edge={edge} source={source} target={target} />}
      {!isLocked && (
        <Button icon={Trash2} onClick={() => disconnect(desk, id)}>
          Disconnect
        </Button>
      )}
    </section>
  );
}

interface EndsProps {
  edge: DesignEdge;
  source: DesignNode;
  target: DesignNode;
}

export function ConditionField({ edge, source, target }: EndsProps) {
  const { graph } = useDesk();
  const now = conditionOf(edge, source);
  const change = (condition: Condition) =>
    graph.editEdge(edge.id, ({ condition: _, ...rest }) => ({ ...rest, data: { ...rest.data, condition } }), {
      label: `change when ${nameOfNode(target)} starts`,
    });
  return (
    <Field label={`${nameOfNode(target)} starts after ${nameOfNode(source)}`}>
      {(fieldId) => (
        <Select<Condition>
          id={fieldId}
          value={now === "it exists" ? "exists" : (now as Condition)}
          onChange={change}
          options={[
            { value: "exists", label: "exists" },
            { value: "ready", label: "is ready" },
            { value: "completed", label: "is completed" },
          ]}
        />
      )}
    </Field>
  );
}

import { OctagonX, TriangleAlert } from "lucide-react";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { useGraph, useGraphStore, useProblems } from "../canvas/graph-store.ts";
import { titleOf } from "../canvas/node-words.ts";
import type { CanvasProblem } from "../canvas/problems.ts";
import { Button } from "../parts/Button.tsx";
import { Kbd } from "../parts/Code.tsx";
import { Hidden } from "../parts/Hidden.tsx";
import { Note } from "../parts/Note.tsx";
import { fixOf } from "./fixes.ts";
import { goToProblem } from "./focus-request.ts";
import styles from "./Problems.module.css";

/** All that is wrong with the drawing, or with some of its nodes first; each leads to its field. */
export function ProblemList({
  first = [],
  onGo,
}: {
  first?: readonly string[];
  onGo?: (() => void) | undefined;
}) {
  const { all } = useProblems();
  const isFirst = ({ node_id }: CanvasProblem) => node_id !== undefined && first.includes(node_id);
  const [own, others] = [all.filter(isFirst), all.filter((each) => !isFirst(each))];
  if (all.length === 0)
    return <Note tone="ok">Nothing is wrong with this drawing. The plan asks the cluster too.</Note>;
  return (
    <div className={styles.problems}>
      {first.length > 0 && (
        <Problems title={first.length === 1 ? "This node" : "These nodes"} problems={own} onGo={onGo} />
      )}
      {others.length > 0 && (
        <Problems title={first.length > 0 ? "Elsewhere" : "This drawing"} problems={others} onGo={onGo} />
      )}
      <p className={styles.keys}>
        <Kbd>F8</Kbd> next, <Kbd>Shift F8</Kbd> previous. Errors keep it from being deployed, never from being
        saved.
      </p>
    </div>
  );
}

interface PartProps {
  title: string;
  problems: readonly CanvasProblem[];
  onGo: (() => void) | undefined;
}

const most = 200;

function Problems({ title, problems, onGo }: PartProps) {
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>
        {title} <span className={styles.count}>{problems.length}</span>
      </h3>
      {problems.length === 0 && <p className={styles.none}>Nothing is wrong here.</p>}
      <ul className={styles.list}>
        {problems.slice(0, most).map((problem) => (
          <ProblemRow
            key={`${problem.node_id} ${problem.path} ${problem.code}`}
            problem={problem}
            onGo={onGo}
          />
        ))}
      </ul>
      {problems.length > most && <p className={styles.none}>and {problems.length - most} more</p>}
    </section>
  );
}

function ProblemRow({ problem, onGo }: { problem: CanvasProblem; onGo: (() => void) | undefined }) {
  const store = useGraphStore();
  const graph = useGraph((state) => state.graph);
  const isLocked = useGraph((state) => state.lock !== undefined);
  const node = problem.node_id === undefined ? undefined : graph.nodes.get(problem.node_id);
  const fix = isLocked ? undefined : fixOf(problem, graph);
  const isError = problem.severity === "error";
  const Icon = isError ? OctagonX : TriangleAlert;
  const go = () => {
    goToProblem(store, problem);
    onGo?.();
  };
  return (
    <li className={styles.row}>
      <Icon size={16} aria-hidden className={isError ? styles.error : styles.warning} />
      <div className={styles.text}>
        {node ? (
          <button type="button" className={styles.go} onClick={go}>
            <Hidden>{isError ? "Error" : "Warning"} in </Hidden>
            <strong>{nameOfNode(node)}</strong> <span className={styles.kind}>{titleOf(node.type)}</span>
            <span className={styles.message}>{problem.message}</span>
          </button>
        ) : (
          <p className={styles.message}>{problem.message}</p>
        )}
        {fix && (
          <Button size="small" onClick={() => store.edit({ label: fix.label.toLowerCase() }, fix.change)}>
            {fix.label}
          </Button>
        )}
      </div>
    </li>
  );
}

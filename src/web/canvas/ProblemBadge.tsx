import { OctagonX, TriangleAlert } from "lucide-react";
import { classes } from "../parts/classes.ts";
import { useDesk } from "./board-store.ts";
import { useGraph } from "./graph-store.ts";
import styles from "./NodeCard.module.css";
import { counted } from "./node-words.ts";

/** How many problems a node has; pressed, it opens the node. */
export function ProblemBadge({ id, name }: { id: string; name: string }) {
  const { graph } = useDesk();
  const problems = useGraph(({ problems: { byNode } }) => byNode.get(id));
  if (!problems) return null;
  const isError = problems.some(({ severity }) => severity === "error");
  const Icon = isError ? OctagonX : TriangleAlert;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes(styles.badge, isError ? styles.error : styles.warning, "nodrag")}
      aria-label={`${counted(problems.length, "problem")} of ${name}`}
      title={problems.map(({ message }) => message).join("\n")}
      onClick={() => graph.select([id])}
    >
      <Icon size={13} aria-hidden />
      {problems.length}
    </button>
  );
}

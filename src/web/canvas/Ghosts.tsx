import type { NodeProps } from "@xyflow/react";
import { Undo2 } from "lucide-react";
import { memo } from "react";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { KindGlyph } from "../look/glyphs.tsx";
import { classes } from "../parts/classes.ts";
import type { GhostNode, ProposedNode } from "./drawn.ts";
import styles from "./Ghosts.module.css";
import { middleEllipsis } from "./names.ts";
import { titleOf } from "./node-words.ts";

/** The place of a node that is not in the drawing. */
export const GhostCard = memo(function GhostCard({ data: { ghost } }: NodeProps<GhostNode>) {
  const { node, word, tone, action } = ghost;
  const name = nameOfNode(node);
  return (
    <article className={styles.ghost} aria-label={`${name}, ${titleOf(node.type)}, ${word.toLowerCase()}`}>
      <header className={styles.top}>
        <KindGlyph kind={node.type} />
        <s title={name}>{middleEllipsis(name, 24)}</s>
      </header>
      <footer className={styles.foot}>
        <span className={classes(styles.word, styles[tone])}>{word}</span>
        {action && (
          <button
            type="button"
            tabIndex={-1}
            className={classes(styles.back, "nodrag")}
            onClick={action.onPick}
          >
            <Undo2 size={13} aria-hidden />
            {action.label}
          </button>
        )}
      </footer>
    </article>
  );
});

/** Where tidying would put a node. */
export const ProposedCard = memo(function ProposedCard({ data: { node } }: NodeProps<ProposedNode>) {
  return (
    <div className={styles.proposed} aria-hidden>
      {middleEllipsis(nameOfNode(node), 24)}
    </div>
  );
});

import { Undo2 } from "lucide-react";
import { useContext } from "react";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { Button } from "../parts/Button.tsx";
import { GhostsContext } from "./ghosts-context.ts";
import { titleOf } from "./node-words.ts";
import styles from "./Outline.module.css";
import { OverlayContext } from "./overlay-context.ts";

/** What was deployed and is not in the drawing any more. */
export function OutlineGhosts() {
  const own = useContext(GhostsContext);
  const ghosts = useContext(OverlayContext)?.ghosts ?? own;
  if (ghosts.length === 0) return null;
  return (
    <section className={styles.ghosts} aria-label="Removed">
      <h3 className={styles.group}>Removed</h3>
      <ul>
        {ghosts.map(({ node, word, action }) => (
          <li key={node.id} className={styles.ghost}>
            <span>
              <s>{nameOfNode(node)}</s>, {titleOf(node.type)}. {word}.
            </span>
            {action && (
              <Button size="small" icon={Undo2} onClick={action.onPick}>
                {action.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

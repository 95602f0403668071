import type { NodeProps } from "@xyflow/react";
import { ChevronDown, ChevronRight, Pencil } from "lucide-react";
import { memo } from "react";
import { classes } from "../parts/classes.ts";
import { toggleGroup } from "./arrange.ts";
import { useDesk } from "./board-store.ts";
import { type FoldedNode, foldedId, type GroupNode, type NoteNode } from "./drawn.ts";
import styles from "./Frames.module.css";
import { counted } from "./node-words.ts";

/** A titled frame around nodes; its title selects them all. */
export const GroupFrame = memo(function GroupFrame({ data: { group, size } }: NodeProps<GroupNode>) {
  const desk = useDesk();
  return (
    <section className={styles.frame} style={size} aria-label={`Group ${group.title}`}>
      <header className={classes(styles.title, "nodrag")}>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Fold ${group.title}`}
          onClick={() => toggleGroup(desk, group.id)}
        >
          <ChevronDown size={14} aria-hidden />
        </button>
        <button type="button" tabIndex={-1} onClick={() => desk.graph.select(group.node_ids)}>
          {group.title}
        </button>
      </header>
    </section>
  );
});

/** A group that is folded to one card. */
export const FoldedGroup = memo(function FoldedGroup({ data: { group } }: NodeProps<FoldedNode>) {
  const desk = useDesk();
  return (
    <article className={styles.folded} id={foldedId(group.id)} aria-label={`Group ${group.title}, folded`}>
      <button
        type="button"
        tabIndex={-1}
        className="nodrag"
        aria-label={`Unfold ${group.title}`}
        onClick={() => toggleGroup(desk, group.id)}
      >
        <ChevronRight size={14} aria-hidden />
        <strong>{group.title}</strong>
      </button>
      <span>{counted(group.node_ids.length, "node")}</span>
    </article>
  );
});

/** A few words on the canvas. Text is only ever text; addresses in it can be followed. */
export const NoteCard = memo(function NoteCard({ data: { note } }: NodeProps<NoteNode>) {
  const { board } = useDesk();
  return (
    <article className={styles.note} style={{ width: note.w, minHeight: note.h }} aria-label="Note">
      <p>{note.text.split(/(https?:\/\/\S+)/).map(linked)}</p>
      <button
        type="button"
        tabIndex={-1}
        className="nodrag"
        aria-label="Edit note"
        onClick={() => board.setState({ panel: { kind: "note", id: note.id } })}
      >
        <Pencil size={13} aria-hidden />
      </button>
    </article>
  );
});

function linked(part: string, index: number) {
  if (index % 2 === 0) return part;
  return (
    <a key={part} href={part} target="_blank" rel="noopener noreferrer" tabIndex={-1} className="nodrag">
      {part}
    </a>
  );
}

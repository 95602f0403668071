import { ListTree, type LucideIcon, OctagonAlert, Plus, Search, Sparkles, StickyNote } from "lucide-react";
import { useContext } from "react";
import { proposeTidy } from "../../canvas/arrange.ts";
import { useBoard, useDesk } from "../../canvas/board-store.ts";
import { isLocked } from "../../canvas/commands.ts";
import { useGraph } from "../../canvas/graph-store.ts";
import { counted } from "../../canvas/node-words.ts";
import { PageKeysContext } from "../../canvas/page-keys.ts";
import { IconButton } from "../../parts/Button.tsx";
import styles from "./Editor.module.css";

/** What can be done on the canvas, as a thin rail. */
export function ToolRail() {
  const desk = useDesk();
  const { board } = desk;
  const page = useContext(PageKeysContext);
  const lock = useGraph((state) => state.lock);
  const hasOutline = useBoard((state) => state.hasOutline);
  const problems = useGraph((state) => state.problems.all.length);
  const edits: [string, LucideIcon, () => void][] = [
    ["Add (A)", Plus, () => board.setState({ panel: { kind: "add" } })],
    ["Tidy (T)", Sparkles, () => void proposeTidy(desk)],
    ["Note", StickyNote, () => board.setState({ panel: { kind: "note" } })],
  ];
  return (
    <div className={styles.rail} role="toolbar" aria-label="Tools" aria-orientation="vertical">
      {edits.map(([label, icon, onClick]) => (
        <IconButton
          key={label}
          label={label}
          icon={icon}
          onClick={() => !isLocked(desk) && onClick()}
          disabledReason={lock}
        />
      ))}
      <IconButton label="Search (/)" icon={Search} onClick={() => board.setState({ isSearching: true })} />
      <IconButton
        label="Outline (O)"
        icon={ListTree}
        aria-pressed={hasOutline}
        onClick={() => board.setState({ hasOutline: !hasOutline })}
      />
      <span className={styles.tool}>
        <IconButton
          label={problems > 0 ? `${counted(problems, "problem")} (!)` : "No problems (!)"}
          icon={OctagonAlert}
          onClick={page.openProblems}
        />
        {problems > 0 && (
          <span className={styles.count} aria-hidden>
            {problems > 99 ? "99+" : problems}
          </span>
        )}
      </span>
    </div>
  );
}

import { useSearch } from "@tanstack/react-router";
import page from "../../deploy/Page.module.css";
import { runDetail, runLook } from "../../deploy/run-overlay.ts";
import type { RunNodeView } from "../../deploy/run-view.ts";
import { leftWord } from "../../deploy/run-words.ts";
import { KindGlyph } from "../../look/glyphs.tsx";
import { Pill, Tag } from "../../parts/Status.tsx";
import { LeftList } from "./LeftList.tsx";
import { NodeDetail } from "./NodeDetail.tsx";
import styles from "./Run.module.css";
import type { RunPanelProps } from "./run-props.ts";

/** The nodes of the run, failures first. */
export function ProgressList(props: RunPanelProps) {
  const { views, record } = props;
  const { node } = useSearch({ from: "/in/workflows/$id/runs/$run" });
  const root = views.find(({ isRoot }) => isRoot)?.node_id;
  const opened = node ?? root;
  return (
    <div className={styles.stack}>
      <ol className={styles.nodes}>
        {views.map((view) => (
          <li key={view.node_id} className={styles.node} data-open={opened === view.node_id || undefined}>
            <NodeLine view={view} {...props} isOpen={opened === view.node_id} />
            {opened === view.node_id && <NodeDetail view={view} {...props} />}
          </li>
        ))}
      </ol>
      {views.length === 0 && <p className={page.quiet}>Looking at what is to be done…</p>}
      <LeftList record={record} />
    </div>
  );
}

interface LineProps extends RunPanelProps {
  view: RunNodeView;
  isOpen: boolean;
}

function NodeLine({ view, elapsed, onSelect, isOpen }: LineProps) {
  const { node_id, name, kind, back, isRoot, state } = view;
  const detail = runDetail(view);
  return (
    <button
      type="button"
      className={styles.nodeLine}
      aria-expanded={isOpen}
      onClick={() => onSelect(isOpen ? undefined : node_id)}
    >
      <KindGlyph kind={kind} />
      <span className={styles.nodeName}>{name}</span>
      {isRoot && <Tag tone="bad">Cause</Tag>}
      {state === "failed" && back !== undefined && <Tag tone="bad">Failed</Tag>}
      <Pill look={runLook(view)} message={detail} />
      {back !== undefined && !["doing", "restored", "removed"].includes(back) && (
        <Tag tone="warn">{leftWord(back === "doing" ? "unknown" : back)}</Tag>
      )}
      <span className={styles.time}>{elapsed.get(node_id)}</span>
    </button>
  );
}

import { useVirtualizer } from "@tanstack/react-virtual";
import { Link2, Plus } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import { Button } from "../parts/Button.tsx";
import { useDesk } from "./board-store.ts";
import { useGraph } from "./graph-store.ts";
import styles from "./Outline.module.css";
import { OutlineGhosts } from "./OutlineGhosts.tsx";
import { OutlineRow } from "./OutlineRow.tsx";
import { outlineRows } from "./outline-rows.ts";

/** The whole drawing as a list: all that the canvas shows and does, in words and buttons. */
export function Outline({ onOpen }: { onOpen: (id: string) => void }) {
  const { board } = useDesk();
  const graph = useGraph((state) => state.graph);
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  const rows = useMemo(() => outlineRows(graph), [graph]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  return (
    <section className={styles.outline} aria-label="Outline" data-region>
      <header className={styles.head}>
        <h2>Outline</h2>
        {!isLocked && (
          <Button size="small" icon={Plus} onClick={() => board.setState({ panel: { kind: "add" } })}>
            Add
          </Button>
        )}
      </header>
      {rows.length === 0 && (
        <p className={styles.empty}>
          <Link2 size={16} aria-hidden /> Nothing is drawn yet.
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the rows' own buttons. */}
      <div ref={scroller} className={styles.scroller} onKeyDown={(event) => step(event, list.scrollToIndex)}>
        <ul className={styles.list} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              <OutlineRow {...(rows[index] ?? { id: "" })} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      </div>
      <OutlineGhosts />
    </section>
  );
}

/** Arrows go to the next row's name, also where that is not drawn yet. */
function step(event: KeyboardEvent<HTMLDivElement>, show: (index: number) => void): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const item = event.target instanceof Element ? event.target.closest<HTMLElement>("li[data-index]") : null;
  if (by === undefined || !item || event.target instanceof HTMLSelectElement) return;
  event.preventDefault();
  const index = Number(item.dataset.index) + by;
  const list = event.currentTarget;
  show(index);
  requestAnimationFrame(() =>
    list.querySelector<HTMLElement>(`li[data-index="${index}"] [data-name]`)?.focus({ preventScroll: true }),
  );
}

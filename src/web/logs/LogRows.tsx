import {
  type CSSProperties,
  memo,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { classes } from "../parts/classes.ts";
import styles from "./Log.module.css";
import { type LogSources, lineParts, timeText } from "./line-parts.ts";
import type { LogEntry, LogLine, LogMark } from "./log-entry.ts";
import { type LogRows as Rows, rowsOf } from "./log-rows.ts";

/** The height of a row in pixels, as the style sheet has it. */
const rowHeight = 20;
const overscan = 12;

export interface LogRowsProps {
  rows: Rows;
  columns: number | undefined;
  search: string;
  /** The entry among those found that is looked at. */
  current: number | undefined;
  isFollowing: boolean;
  onFollow: (on: boolean) => void;
  onColumns: (columns: number) => void;
  sources: LogSources;
  children?: ReactNode;
}

/** The rows in view of however many there are; at the end they move with what comes, elsewhere they stay. */
export function LogRows(props: LogRowsProps) {
  const { rows, columns, search, current, sources } = props;
  const { frame, first, last, scrolled } = useScroll(props);
  const from = rows.indexAt(first);
  const shown: { entry: LogEntry; index: number }[] = [];
  for (let index = from; index < rows.length && rows.rowOf(index) <= last; index += 1) {
    const entry = rows.at(index);
    if (entry) shown.push({ entry, index });
  }

  return (
    <div
      ref={frame}
      className={styles.frame}
      data-wrap={columns !== undefined}
      data-source={sources.width > 0}
      style={{ "--source": `${sources.width}ch` } as CSSProperties}
      onScroll={scrolled}
      role="log"
      aria-label="Log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
    >
      <Probe onColumns={props.onColumns} />
      <div className={styles.all} style={{ height: rows.rows * rowHeight }}>
        {shown.map(({ entry, index }, slot) => (
          <Row
            // Lines come and go faster than elements can be made: each place in view keeps its own.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={slot}
            entry={entry}
            top={rows.rowOf(index) * rowHeight}
            height={rowsOf(entry, columns) * rowHeight}
            source={entry.kind === "line" ? sources.of(entry) : undefined}
            search={search}
            isCurrent={entry.seq === current}
          />
        ))}
      </div>
      {props.children}
    </div>
  );
}

/** Where the view stands. Somebody who scrolls up leaves the end, and is back on it at the end. */
function useScroll({ rows, columns, isFollowing, onFollow, current }: LogRowsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const known = useRef({ top: 0, firstRow: 0, columns });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const gone = rows.firstRow - known.current.firstRow;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    else if (gone > 0 && known.current.columns === columns) element.scrollTop -= gone * rowHeight;
    known.current = { top: element.scrollTop, firstRow: rows.firstRow, columns };
    if (element.scrollTop !== view.top || element.clientHeight !== view.height)
      setView({ top: element.scrollTop, height: element.clientHeight });
  });

  useEffect(() => {
    const element = frame.current;
    if (!element || current === undefined) return;
    const middle = rows.rowOf(rows.indexOf(current)) * rowHeight - element.clientHeight / 2;
    element.scrollTop = Math.max(0, middle);
  }, [current, rows]);

  function scrolled(): void {
    const element = frame.current;
    if (!element) return;
    const isUp = element.scrollTop < known.current.top - 2;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 4;
    known.current.top = element.scrollTop;
    setView({ top: element.scrollTop, height: element.clientHeight });
    if (isFollowing && isUp && !isAtEnd) onFollow(false);
    if (!isFollowing && !isUp && isAtEnd) onFollow(true);
  }

  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const last = Math.ceil((view.top + view.height) / rowHeight) + overscan;
  return { frame, first, last, scrolled };
}

const probeText = "0".repeat(50);

/** Measures how many characters a row has room for. */
function Probe({ onColumns }: { onColumns: (columns: number) => void }) {
  const cell = useRef<HTMLSpanElement>(null);
  const letters = useRef<HTMLSpanElement>(null);
  const latest = useRef(onColumns);
  useEffect(() => {
    latest.current = onColumns;
  });
  useEffect(() => {
    const measure = () => {
      const room = cell.current?.clientWidth ?? 0;
      const width = (letters.current?.getBoundingClientRect().width ?? 0) / probeText.length;
      if (width > 0) latest.current(Math.max(8, Math.floor(room / width)));
    };
    const observer = new ResizeObserver(measure);
    for (const element of [cell.current, letters.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className={classes(styles.line, styles.probe)} aria-hidden>
      <time />
      <span className={styles.source} />
      <span ref={cell} className={styles.text} />
      <span ref={letters} className={styles.letters}>
        {probeText}
      </span>
    </div>
  );
}

interface Placed {
  top: number;
  height: number;
}

interface RowProps extends Placed {
  entry: LogEntry;
  source: string | undefined;
  search: string;
  isCurrent: boolean;
}

const Row = memo(({ entry, ...rest }: RowProps) =>
  entry.kind === "line" ? <Line line={entry} {...rest} /> : <Mark mark={entry} {...rest} />,
);

function Line({ line, source, search, isCurrent, top, height }: Omit<RowProps, "entry"> & { line: LogLine }) {
  return (
    <div className={styles.line} data-level={line.level} data-current={isCurrent} style={{ top, height }}>
      <time title={line.at}>{timeText(line.at)}</time>
      {source !== undefined && (
        <span className={styles.source} title={`${line.pod} · ${line.container}`}>
          {source}
        </span>
      )}
      <span className={styles.text}>
        {lineParts(line.text, search).map(({ text, isHit }, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have nothing else.
          isHit ? <mark key={index}>{text}</mark> : text,
        )}
      </span>
    </div>
  );
}

function Mark({ mark, top, height }: { mark: LogMark } & Placed) {
  return (
    <div className={styles.mark} data-tone={mark.tone} style={{ top, height }}>
      <span>
        {mark.text} {mark.at !== undefined && <time>{timeText(mark.at).slice(0, 8)}</time>}
      </span>
    </div>
  );
}

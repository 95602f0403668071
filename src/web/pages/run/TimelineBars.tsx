import page from "../../deploy/Page.module.css";
import { clock } from "../../deploy/run-words.ts";
import { type Bar, barText, type Timeline } from "../../deploy/timeline.ts";
import styles from "./Run.module.css";

interface BarsProps {
  timeline: Timeline;
  elapsed: ReadonlyMap<string, string>;
  nameOf: (id: string) => string;
}

/** A bar for each node: when it waited, was applied and settled, beside the others. */
export function TimelineBars({ timeline, elapsed, nameOf }: BarsProps) {
  const { startMs, endMs, bars } = timeline;
  const whole = endMs - startMs;
  return (
    <div className={styles.stack}>
      <p className={page.line} aria-hidden>
        <span className={styles.key} data-state="waiting">
          waiting
        </span>
        <span className={styles.key} data-state="applying">
          applying
        </span>
        <span className={styles.key} data-state="settling">
          settling
        </span>
      </p>
      <ul className={styles.bars} aria-label={`Timeline of ${clock(whole)}`}>
        {bars.map((bar) => (
          <li key={bar.node_id} className={styles.barRow}>
            <span className={styles.nodeName}>{nameOf(bar.node_id)}</span>
            <Track bar={bar} startMs={startMs} whole={whole} name={nameOf(bar.node_id)} />
            <span className={styles.time}>{elapsed.get(bar.node_id) ?? "–"}</span>
          </li>
        ))}
      </ul>
      <p className={styles.scale} aria-hidden>
        <span>0:00</span>
        <span>{clock(whole / 2)}</span>
        <span>{clock(whole)}</span>
      </p>
    </div>
  );
}

function Track({ bar, startMs, whole, name }: { bar: Bar; startMs: number; whole: number; name: string }) {
  const percent = (ms: number) => `${(ms / whole) * 100}%`;
  return (
    <span className={styles.track} role="img" aria-label={barText(name, bar, startMs)}>
      {bar.stretches.map(({ state, fromMs, toMs }) => (
        <span
          key={`${state} ${fromMs}`}
          className={styles.stretch}
          data-state={state}
          data-failed={bar.end === "failed" || undefined}
          style={{ left: percent(fromMs - startMs), width: percent(toMs - fromMs) }}
        />
      ))}
    </span>
  );
}

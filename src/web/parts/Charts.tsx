import type { ReactNode } from "react";
import styles from "./Charts.module.css";
import { type Point, stretches } from "./chart-lines.ts";
import { classes } from "./classes.ts";
import { Hidden } from "./Hidden.tsx";
import { clockText, exactText, relativeText } from "./when-text.ts";

export interface MeterProps {
  label: string;
  value: number;
  capacity: number;
  /** Both, as people say them: "1.2 of 8 cores". */
  text: string;
}

/** How much of something is taken. */
export function Meter({ label, value, capacity, text }: MeterProps) {
  const part = capacity > 0 ? Math.min(1, Math.max(0, value / capacity)) : 0;
  const tone = part >= 0.95 ? "bad" : part >= 0.8 ? "warn" : "busy";
  return (
    <div className={styles.meter}>
      <div className={styles.meterTop}>
        <strong>{label}</strong>
        <span className={styles.meterText}>{text}</span>
      </div>
      <Hidden>
        <meter aria-label={label} aria-valuetext={text} value={part} />
      </Hidden>
      <div className={styles.track} aria-hidden>
        <div className={classes(styles.fill, styles[tone])} style={{ width: `${part * 100}%` }} />
      </div>
    </div>
  );
}

export interface StepLineProps {
  title: string;
  points: readonly Point[];
  /** What the line tells, as one sentence. */
  text: string;
  /** Points further apart in milliseconds than this are not joined. */
  gap?: number | undefined;
  height?: number | undefined;
  /** A value as people say it. */
  say: (value: number) => string;
  /** The value now. */
  now?: ReactNode;
  /** The value at the top; the largest there is unless given. */
  top?: number | undefined;
}

/** Values over time as steps, with gaps where none are known, and the numbers themselves behind a button. */
export function StepLine({
  title,
  points,
  text,
  say,
  now,
  gap = Number.POSITIVE_INFINITY,
  ...rest
}: StepLineProps) {
  const { height = 96, top = topOf(points) } = rest;
  const [first, last] = [points[0], points.at(-1)];
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <span className={styles.captionTitle}>{title}</span>
        {now && <span className={styles.captionNow}>{now}</span>}
      </figcaption>
      <Lines points={points} text={text} gap={gap} height={height} top={top} />
      {first && last && (
        <div className={styles.scale} aria-hidden>
          <span>{relativeText(new Date(first.at), last.at)}</span>
          <span>{`0 to ${say(top)}`}</span>
          <span>{clockText(new Date(last.at))}</span>
        </div>
      )}
      <Numbers points={points} say={say} title={title} />
    </figure>
  );
}

interface LinesProps extends Pick<StepLineProps, "points" | "text"> {
  gap: number;
  height: number;
  top: number;
}

const width = 300;

function Lines({ points, text, gap, height, top }: LinesProps) {
  const lines = stretches(points, { width, height, top, gap });
  return (
    <svg
      role="img"
      aria-label={text}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      height={height}
      className={styles.chart}
    >
      <path className={styles.axis} d={`M0,${height}H${width}`} />
      {lines.map((line) => (
        <path key={line} className={styles.line} d={line} />
      ))}
    </svg>
  );
}

function Numbers({ points, say, title }: Pick<StepLineProps, "points" | "say" | "title">) {
  return (
    <details className={styles.numbers}>
      <summary>Numbers</summary>
      <div className={styles.numbersScroll}>
        <table aria-label={title}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">{title}</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ at, value }) => (
              <tr key={at}>
                <td>{exactText(new Date(at))}</td>
                <td>{value === undefined ? "not known" : say(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function topOf(points: readonly Point[]): number {
  return Math.max(0, ...points.map(({ value }) => value ?? 0)) || 1;
}

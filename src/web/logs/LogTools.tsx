import { ArrowDown, ArrowDownToLine, ArrowUp, Download, Pause, Play, WrapText } from "lucide-react";
import { type KeyboardEvent, type Ref, useState } from "react";
import { Button, IconButton } from "../parts/Button.tsx";
import { Select } from "../parts/Choices.tsx";
import { TextInput } from "../parts/Inputs.tsx";
import styles from "./Log.module.css";
import { type Level, levels } from "./level.ts";
import { type LogSettings, levelNames, sinces, tails, usualTail } from "./log-settings.ts";

export interface LogToolsProps {
  settings: LogSettings;
  onChange: (change: LogSettings) => void;
  pods: readonly string[];
  containers: readonly string[];
  /** Nothing where the log is of one pod. */
  hasPods: boolean;
}

/** Which lines are read, and which of them are shown. */
export function LogTools({ settings, onChange, pods, containers, hasPods }: LogToolsProps) {
  const { pod, container, level, tail = usualTail, since, previous } = settings;
  return (
    <>
      {hasPods && (
        <Select
          label="Pod"
          value={pod ?? ""}
          onChange={(value) => onChange({ pod: value || undefined })}
          options={[{ value: "", label: allOf(pods, "pod") }, ...named(pods, pod)]}
        />
      )}
      {(containers.length > 1 || container !== undefined) && (
        <Select
          label="Container"
          value={container ?? ""}
          onChange={(value) => onChange({ container: value || undefined })}
          options={[{ value: "", label: allOf(containers, "container") }, ...named(containers, container)]}
        />
      )}
      <Select
        label="Lines to begin with"
        value={String(tail)}
        onChange={(value) => onChange({ tail: Number(value) === usualTail ? undefined : Number(value) })}
        options={withChosen(tails, tail).map((lines) => ({
          value: String(lines),
          label: `Last ${lines.toLocaleString("en")}`,
        }))}
      />
      <Select
        label="Time"
        value={String(since ?? "")}
        onChange={(value) => onChange({ since: value === "" ? undefined : Number(value) })}
        options={[{ value: "", label: "Any time" }, ...sinceOptions(since)]}
      />
      <Select<Level | "">
        label="Level"
        value={level ?? ""}
        onChange={(value) => onChange({ level: value || undefined })}
        options={[
          { value: "", label: "All levels" },
          ...levels.map((each) => ({ value: each, label: levelNames[each] })),
        ]}
      />
      <Button
        size="small"
        title="What was written before the last restart"
        aria-pressed={previous ?? false}
        className={styles.previous}
        onClick={() => onChange({ previous: previous ? undefined : true })}
      >
        Previous
      </Button>
    </>
  );
}

const allOf = (all: readonly string[], one: string) =>
  all.length > 1 ? `All ${all.length} ${one}s` : `All ${one}s`;

function named(all: readonly string[], chosen: string | undefined) {
  const names = chosen === undefined || all.includes(chosen) ? all : [...all, chosen];
  return names.map((value) => ({ value, label: value }));
}

function withChosen(all: readonly number[], chosen: number): number[] {
  return [...new Set([...all, chosen])].sort((a, b) => a - b);
}

function sinceOptions(chosen: number | undefined) {
  const known = sinces.map(({ seconds, label }) => ({ value: String(seconds), label }));
  const isKnown = chosen === undefined || known.some(({ value }) => value === String(chosen));
  return isKnown ? known : [...known, { value: String(chosen), label: `Last ${chosen} seconds` }];
}

interface LogSearchProps {
  value: string;
  onChange: (text: string) => void;
  field: Ref<HTMLInputElement>;
  /** Which of those found is looked at, from 0. */
  at: number | undefined;
  found: number;
  onStep: (by: 1 | -1) => void;
}

/** Finds a text among the lines that are kept; Enter leads from one to the next. */
export function LogSearch({ value, onChange, field, at, found, onStep }: LogSearchProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    onStep(event.shiftKey ? -1 : 1);
  };
  const none = value !== "" && found === 0 ? "Nothing found" : undefined;
  return (
    <div className={styles.search}>
      <TextInput
        ref={field}
        type="search"
        aria-label="Search in the log"
        placeholder="Search  /"
        value={value}
        onChange={onChange}
        onKeyDown={press}
      />
      {value !== "" && (
        <>
          <span className={styles.found} role="status">
            {foundText(at, found)}
          </span>
          <IconButton
            size="small"
            label="Found before"
            icon={ArrowUp}
            disabledReason={none}
            onClick={() => onStep(-1)}
          />
          <IconButton
            size="small"
            label="Found next"
            icon={ArrowDown}
            disabledReason={none}
            onClick={() => onStep(1)}
          />
        </>
      )}
    </div>
  );
}

function foundText(at: number | undefined, found: number): string {
  if (found === 0) return "none";
  const all = found.toLocaleString("en");
  return at === undefined ? `${all} found` : `${(at + 1).toLocaleString("en")} of ${all}`;
}

export interface LogActsProps {
  isPaused: boolean;
  onPause: (on: boolean) => void;
  isFollowing: boolean;
  onFollow: (on: boolean) => void;
  isWrapped: boolean;
  onWrap: (on: boolean) => void;
  /** Fulfils when the file has arrived. */
  onDownload: () => Promise<void>;
}

export function LogActs(props: LogActsProps) {
  const { isPaused, onPause, isFollowing, onFollow, isWrapped, onWrap, onDownload } = props;
  const [isLoading, setLoading] = useState(false);
  const download = () => {
    setLoading(true);
    void onDownload().finally(() => setLoading(false));
  };
  return (
    <div className={styles.acts}>
      <IconButton
        size="small"
        label={isPaused ? "Go on (P)" : "Pause (P)"}
        icon={isPaused ? Play : Pause}
        aria-pressed={isPaused}
        onClick={() => onPause(!isPaused)}
      />
      <IconButton
        size="small"
        label="Follow (F)"
        icon={ArrowDownToLine}
        aria-pressed={isFollowing}
        onClick={() => onFollow(!isFollowing)}
      />
      <IconButton
        size="small"
        label="Wrap (W)"
        icon={WrapText}
        aria-pressed={isWrapped}
        onClick={() => onWrap(!isWrapped)}
      />
      <IconButton
        size="small"
        label="Download all of it"
        icon={Download}
        busy={isLoading}
        onClick={download}
      />
    </div>
  );
}

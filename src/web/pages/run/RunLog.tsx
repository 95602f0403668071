import { useNavigate, useSearch } from "@tanstack/react-router";
import { Download, Pause, Play, WrapText } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import "../../look/mono.ts";
import page from "../../deploy/Page.module.css";
import { counted } from "../../deploy/plan-words.ts";
import { filtered, logFile, marked } from "../../deploy/run-log.ts";
import type { Line } from "../../deploy/run-view.ts";
import { Button, IconButton } from "../../parts/Button.tsx";
import { Select } from "../../parts/Choices.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { useTyped } from "../../parts/use-typed.ts";
import styles from "./Run.module.css";
import type { RunPanelProps } from "./run-props.ts";

interface LogProps extends RunPanelProps {
  nameOf: (id: string) => string;
}

/** The run's whole log: it follows, unless it is paused. */
export function RunLog({ lines, record, views, nameOf }: LogProps) {
  const { node, level, search } = useSearch({ from: "/in/workflows/$id/runs/$run" });
  const [paused, pause] = useState<readonly Line[]>();
  const [isWrapped, wrap] = useState(true);
  const shown = filtered(paused ?? lines, { node, level, search });
  const behind = paused ? lines.length - paused.length : 0;
  return (
    <div className={styles.stack}>
      <Filters views={views} />
      <div className={page.between}>
        <span className={page.meta} role="status">
          {counted(shown.length, "line")}
          {paused ? ` · paused, ${behind} more` : record.status === "running" ? " · following" : ""}
        </span>
        <span className={page.line}>
          <Button size="small" icon={paused ? Play : Pause} onClick={() => pause(paused ? undefined : lines)}>
            {paused ? "Follow" : "Pause"}
          </Button>
          <IconButton
            size="small"
            label="Wrap lines"
            icon={WrapText}
            aria-pressed={isWrapped}
            onClick={() => wrap(!isWrapped)}
          />
          <IconButton
            size="small"
            label="Download the log"
            icon={Download}
            onClick={() => download(`run-v${record.version}.log`, logFile(lines, nameOf))}
          />
        </span>
      </div>
      <Lines shown={shown} isWrapped={isWrapped} isFollowing={!paused} search={search} nameOf={nameOf} />
    </div>
  );
}

function Filters({ views }: Pick<LogProps, "views">) {
  const { node, level, search = "" } = useSearch({ from: "/in/workflows/$id/runs/$run" });
  const navigate = useNavigate({ from: "/workflows/$id/runs/$run" });
  const narrow = (next: {
    node?: string | undefined;
    level?: "info" | "warning" | "error" | undefined;
    search?: string | undefined;
  }) => void navigate({ search: (known) => ({ ...known, ...next }), replace: true });
  const [typed, type] = useTyped(search, (text) => narrow({ search: text || undefined }));
  return (
    <div className={styles.filters}>
      <Select
        label="Node"
        value={node ?? ""}
        onChange={(id) => narrow({ node: id || undefined })}
        options={[
          { value: "", label: "All nodes" },
          ...views.map(({ node_id, name }) => ({ value: node_id, label: name })),
        ]}
      />
      <Select
        label="Level"
        value={level ?? "info"}
        onChange={(next) => narrow({ level: next === "info" ? undefined : next })}
        options={[
          { value: "info", label: "All levels" },
          { value: "warning", label: "Warnings and errors" },
          { value: "error", label: "Errors" },
        ]}
      />
      <TextInput
        type="search"
        aria-label="Search the log"
        placeholder="Search"
        value={typed}
        onChange={type}
      />
    </div>
  );
}

interface LinesProps {
  shown: readonly Line[];
  isWrapped: boolean;
  isFollowing: boolean;
  search: string | undefined;
  nameOf: (id: string) => string;
}

function Lines({ shown, isWrapped, isFollowing, search, nameOf }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const last = shown.at(-1)?.seq;
  useEffect(() => {
    if (isFollowing && last !== undefined) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [isFollowing, last]);
  return (
    <div
      ref={box}
      role="log"
      aria-label="Log of the run"
      aria-live={isFollowing ? "polite" : "off"}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      className={styles.log}
      data-wrap={isWrapped || undefined}
    >
      {shown.map(({ seq, at, level, node_id, text }) => (
        <p key={seq} className={styles.logLine} data-level={level} data-seq={seq}>
          <time dateTime={at}>{at.slice(11, 23)}</time>
          <span className={styles.logNode}>{node_id ? nameOf(node_id) : ""}</span>
          <span className={styles.logText}>
            {marked(text, search).map((part, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in its order.
              part.isHit ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
            )}
          </span>
        </p>
      ))}
    </div>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

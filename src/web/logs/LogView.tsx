import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import "../look/mono.ts";
import { api } from "../../contract/api.ts";
import { Button } from "../parts/Button.tsx";
import { toast } from "../parts/toast.ts";
import { useTyped } from "../parts/use-typed.ts";
import { client } from "../session.ts";
import { type KeySection, useKeyMap } from "../shell/key-map.ts";
import { Announced } from "./Announced.tsx";
import { footWords } from "./foot-words.ts";
import styles from "./Log.module.css";
import { LogRows } from "./LogRows.tsx";
import { LogActs, LogSearch, LogTools } from "./LogTools.tsx";
import { logSources } from "./line-parts.ts";
import type { LogLook } from "./log-buffer.ts";
import type { LogModel } from "./log-model.ts";
import type { LogSettings } from "./log-settings.ts";
import { usualTail } from "./log-settings.ts";
import { saveFile } from "./save-file.ts";
import { useLog } from "./use-log.ts";
import { useHits, useLook } from "./use-look.ts";

const keyMap: KeySection = {
  title: "Logs",
  keys: [
    [["P"], "Pause"],
    [["F"], "Follow"],
    [["W"], "Wrap"],
    [["/"], "Search"],
    [["N"], "Found next"],
  ],
};

export interface LogViewProps {
  /** The object, and what its file is called. */
  id: string;
  name: string;
  kind: string;
  settings: LogSettings;
  onChange: (change: LogSettings) => void;
}

/** The log of a pod, or of all pods of a workload, as it is written. */
export function LogView(props: LogViewProps) {
  const { id, name, kind, settings, onChange } = props;
  const [isWrapped, wrap] = useState(false);
  const [isFollowing, follow] = useState(true);
  const [columns, setColumns] = useState(80);
  const [search, type] = useTyped(settings.q ?? "", (q) => onChange({ q: q || undefined }));
  const look = lookOf(settings, search, isWrapped ? columns : undefined);
  const model = useLog(askOf(id, settings), look);
  const lookNow = useLook(model, look);
  const hits = useHits(model, () => {
    lookNow();
    follow(false);
  });
  const field = useRef<HTMLInputElement>(null);
  useKeyMap(keyMap);
  const { buffer } = model;
  const pods = buffer.sources.pods();
  const containers = buffer.sources.containers();
  const keys: Record<string, () => void> = {
    p: () => model.pause(!model.isPaused()),
    f: () => follow(!isFollowing),
    w: () => wrap(!isWrapped),
    "/": () => field.current?.focus(),
    n: () => hits.step(1),
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: single keys for what the buttons inside do.
    <div className={styles.log} onKeyDown={(event) => press(event, keys)}>
      <div className={styles.tools}>
        <LogTools {...{ settings, onChange, pods, containers }} hasPods={kind !== "Pod"} />
        <div className={styles.rest}>
          <LogSearch
            value={search}
            onChange={type}
            field={field}
            at={hits.at}
            found={buffer.rows().hits}
            onStep={hits.step}
          />
          <LogActs
            {...{ isFollowing, isWrapped }}
            isPaused={model.isPaused()}
            onPause={model.pause}
            onFollow={follow}
            onWrap={wrap}
            onDownload={() => download(id, name, settings)}
          />
        </div>
      </div>
      <LogRows
        rows={buffer.rows()}
        columns={look.columns}
        search={look.search}
        current={hits.current}
        isFollowing={isFollowing && !model.isPaused()}
        onFollow={follow}
        onColumns={setColumns}
        sources={logSources(kind === "Pod" ? [] : pods, containers)}
      >
        <Nothing model={model} onClear={() => onChange(noFilter)} />
      </LogRows>
      <Foot model={model} isFollowing={isFollowing} />
    </div>
  );
}

const noFilter: LogSettings = { pod: undefined, container: undefined, level: undefined };

function lookOf(
  { pod, container, level }: LogSettings,
  search: string,
  columns: number | undefined,
): LogLook {
  return { filter: { pod, container, level }, search, columns };
}

function askOf(id: string, { previous, tail = usualTail, since }: LogSettings) {
  return { id, previous: previous === true, tail, ...(since !== undefined && { sinceSeconds: since }) };
}

function press(event: KeyboardEvent, keys: Readonly<Record<string, () => void>>): void {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  const isTyping = target instanceof HTMLElement && target.closest("input, select, textarea") !== null;
  const act = keys[key.toLowerCase()];
  if (!act || isTyping || ctrlKey || metaKey || altKey) return;
  event.preventDefault();
  act();
}

/** All there is as a file, of the containers that are wanted. */
async function download(id: string, name: string, settings: LogSettings): Promise<void> {
  const { container = "*", previous } = settings;
  const query = { download: true, container, previous: previous === true };
  try {
    const response = await client.open(api.followLogs, { params: { id }, query });
    saveFile(`${name}.log`, await response.blob());
  } catch (error) {
    const text = error instanceof Error ? error.message : undefined;
    toast({ tone: "bad", title: "The log could not be downloaded", text });
  }
}

function Nothing({ model, onClear }: { model: LogModel; onClear: () => void }): ReactNode {
  const { buffer } = model;
  const { word } = model.reading();
  if (buffer.rows().length > 0 || word === "connecting") return null;
  if (buffer.lines() === 0)
    return (
      <div className={styles.none}>
        <p>{word === "complete" ? "Nothing was written." : "Nothing written yet."}</p>
      </div>
    );
  return (
    <div className={styles.none}>
      <p>None of the {buffer.lines().toLocaleString("en")} lines kept is like that.</p>
      <Button size="small" onClick={onClear}>
        Show all lines
      </Button>
    </div>
  );
}

function Foot({ model, isFollowing }: { model: LogModel; isFollowing: boolean }) {
  const { parts, tone } = footWords({
    reading: model.reading(),
    lines: model.buffer.lines(),
    waiting: model.buffer.waiting(),
    isPaused: model.isPaused(),
    isFollowing,
  });
  return (
    <footer className={styles.foot} data-tone={tone}>
      <span>{parts.join(" · ")}</span>
      <span className={styles.keys} aria-hidden>
        P pause · F follow · W wrap · / search
      </span>
      <Announced model={model} isFollowing={isFollowing} state={parts[0] ?? ""} />
    </footer>
  );
}

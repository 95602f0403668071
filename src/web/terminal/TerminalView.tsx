import { ArrowDown, ArrowUp, Ear } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "../parts/Button.tsx";
import { Kbd } from "../parts/Code.tsx";
import { TextInput } from "../parts/Inputs.tsx";
import { connectTerminal, type TerminalAsk } from "./connect.ts";
import { openScreen, type Screen } from "./screen.ts";
import styles from "./TerminalView.module.css";
import { createTerminalLine, type TerminalLine, type TerminalState } from "./terminal-line.ts";

interface TerminalViewProps {
  ask: TerminalAsk;
  onDebug: () => void;
}

/** A shell in a container. For another place it has to be another component. */
export function TerminalView({ ask, onDebug }: TerminalViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<TerminalState>({ word: "connecting" });
  const [keepsTab, keepTab] = useState(true);
  const { screen, line } = useTerminal(element, ask, { tell: setState, keepsTab, keepTab });
  const again = () => {
    line.current?.open();
    screen.current?.focus();
  };
  return (
    <div className={styles.terminal}>
      <Tools screen={screen} />
      <Standing state={state} debug={ask.debug} onAgain={again} onDebug={onDebug} />
      <div ref={element} className={styles.screen} data-word={state.word} />
      <footer className={styles.foot}>
        <span role="status">{stateText(state)}</span>
        <span className={styles.tab}>
          <Kbd>Tab</Kbd> {keepsTab ? "goes to the shell" : "leaves the terminal"} · <Kbd>Ctrl M</Kbd> changes
          that
        </span>
      </footer>
    </div>
  );
}

interface TerminalHooks {
  tell(state: TerminalState): void;
  keepsTab: boolean;
  keepTab(on: boolean): void;
}

function useTerminal(
  element: React.RefObject<HTMLDivElement | null>,
  { id, container, debug }: TerminalAsk,
  hooks: TerminalHooks,
) {
  const screen = useRef<Screen>(undefined);
  const line = useRef<TerminalLine>(undefined);
  const latest = useRef(hooks);
  useEffect(() => {
    latest.current = hooks;
  });

  useEffect(() => {
    if (!element.current) return;
    let opens = 0;
    const opened: TerminalLine = createTerminalLine({
      connect: (events) => connectTerminal({ id, container, debug }, events),
      show: (data) => screen.current?.write(data),
      tell(state) {
        if (state.word === "open" && ++opens > 1) screen.current?.write(newShell);
        latest.current.tell(state);
      },
      later(ms, go) {
        const timer = window.setTimeout(go, ms);
        return () => window.clearTimeout(timer);
      },
    });
    line.current = opened;
    const shown = openScreen(element.current, {
      typed: opened.type,
      typedBytes: opened.typeBytes,
      resized: opened.resize,
      keepsTab: () => latest.current.keepsTab,
      toggleTab: () => latest.current.keepTab(!latest.current.keepsTab),
    });
    screen.current = shown;
    shown.readAloud(isReadAloud());
    opened.open();
    shown.focus();
    return () => {
      opened.leave();
      shown.dispose();
    };
  }, [element, id, container, debug]);
  return { screen, line };
}

/** Leaves whatever the shell before was showing, and says where the next one begins: below, so the place is kept first. */
const newShell = "\x1b7\x1b[?1049l\x1b[!p\r\n\x1b[90m── new shell ──\x1b[0m\r\n";

const aloudKey = "orrery-terminal-aloud";
const isReadAloud = () => localStorage.getItem(aloudKey) === "on";

function Tools({ screen }: { screen: React.RefObject<Screen | undefined> }) {
  const [text, type] = useState("");
  const [isMissing, miss] = useState(false);
  const [isAloud, setAloud] = useState(isReadAloud);
  const find = (by: 1 | -1) => miss(text !== "" && screen.current?.find(text, by) === false);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") find(event.shiftKey ? -1 : 1);
  };
  const toggle = () => {
    localStorage.setItem(aloudKey, isAloud ? "off" : "on");
    screen.current?.readAloud(!isAloud);
    setAloud(!isAloud);
  };
  return (
    <div className={styles.tools}>
      <TextInput
        type="search"
        aria-label="Search in the terminal"
        placeholder="Search in the terminal"
        value={text}
        onChange={type}
        onKeyDown={press}
      />
      <IconButton size="small" label="Found before" icon={ArrowUp} onClick={() => find(-1)} />
      <IconButton size="small" label="Found next" icon={ArrowDown} onClick={() => find(1)} />
      <span role="status" className={styles.missing}>
        {isMissing && "Nothing found"}
      </span>
      <IconButton
        size="small"
        label="Read aloud by screen readers"
        icon={Ear}
        aria-pressed={isAloud}
        onClick={toggle}
      />
    </div>
  );
}

interface StandingProps {
  state: TerminalState;
  debug: boolean;
  onAgain: () => void;
  onDebug: () => void;
}

/** Why there is no shell, and what to do about it. */
function Standing({ state, debug, onAgain, onDebug }: StandingProps) {
  if (state.word === "connecting" && debug)
    return <div className={styles.bar}>Starting a debug container. That may take a minute.</div>;
  if (state.word === "reconnecting")
    return (
      <div className={styles.bar} data-tone="stale">
        <span>{state.reason}. Trying again; the new shell begins where every shell begins.</span>
        <Button size="small" onClick={onAgain}>
          Try now
        </Button>
      </div>
    );
  if (state.word !== "closed") return null;
  return (
    <div className={styles.bar} data-tone={state.lacksShell ? "idle" : "bad"} role="alert">
      {state.lacksShell ? (
        <span>
          This image has no shell. A debug container can bring one: it starts beside this container, sees its
          processes, and stays in the pod's list until the pod is replaced.
        </span>
      ) : (
        <span>{state.reason}</span>
      )}
      {state.lacksShell && (
        <Button size="small" variant="primary" onClick={onDebug}>
          Start a debug container
        </Button>
      )}
      <Button size="small" onClick={onAgain}>
        {state.lacksShell ? "Try again" : "Open again"}
      </Button>
    </div>
  );
}

function stateText(state: TerminalState): string {
  if (state.word === "open") {
    const { pod, container, shell } = state.place;
    return `connected · ${pod} · ${container} · ${shell}`;
  }
  if (state.word === "connecting") return "connecting";
  return state.word === "closed" ? "closed" : "not connected";
}

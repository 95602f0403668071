import "../look/mono.ts";
import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { type ITheme, Terminal } from "@xterm/xterm";

interface ScreenEvents {
  typed(data: string): void;
  typedBytes(data: string): void;
  resized(rows: number, cols: number): void;
  /** Whether Tab is the shell's, or leads on to what comes after the terminal. */
  keepsTab(): boolean;
  toggleTab(): void;
}

export type Screen = ReturnType<typeof openScreen>;

/** A terminal's screen in an element: as large as that, and in the colours of the page. */
export function openScreen(element: HTMLElement, events: ScreenEvents) {
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    fontFamily: getComputedStyle(element).fontFamily,
    fontSize: 13,
    lineHeight: 1.3,
    scrollback: 10_000,
    theme: themeOf(element),
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  for (const addon of [fit, search, new WebLinksAddon()]) terminal.loadAddon(addon);
  terminal.open(element);
  terminal.onData(events.typed);
  terminal.onBinary(events.typedBytes);
  terminal.onResize(({ rows, cols }) => events.resized(rows, cols));
  terminal.attachCustomKeyEventHandler((event) => isForShell(event, events));
  const stopFitting = fitAlways(element, fit);
  const stopColours = followTheme(() => {
    terminal.options.theme = themeOf(element);
  });

  return {
    write: (data: string): void => terminal.write(data),
    focus: (): void => terminal.focus(),
    find: (text: string, by: 1 | -1): boolean =>
      by === 1 ? search.findNext(text) : search.findPrevious(text),
    readAloud(on: boolean): void {
      terminal.options.screenReaderMode = on;
    },
    dispose(): void {
      stopFitting();
      stopColours();
      terminal.dispose();
    },
  };
}

function isForShell(event: KeyboardEvent, { keepsTab, toggleTab }: ScreenEvents): boolean {
  if (event.key === "Tab") return keepsTab();
  if (event.key.toLowerCase() !== "m" || !event.ctrlKey) return true;
  event.preventDefault();
  if (event.type === "keydown") toggleTab();
  return false;
}

function fitAlways(element: HTMLElement, fit: FitAddon): () => void {
  // Letters that arrive later have another width.
  const measure = () => element.clientWidth > 0 && fit.fit();
  measure();
  void document.fonts.ready.then(measure);
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => observer.disconnect();
}

function followTheme(change: () => void): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(change);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  dark.addEventListener("change", change);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", change);
  };
}

const tokens = {
  background: "--surface",
  foreground: "--ink",
  cursor: "--accent",
  cursorAccent: "--on-accent",
  selectionBackground: "--accent-soft",
  black: "--ink",
  red: "--bad",
  green: "--ok",
  yellow: "--warn",
  blue: "--busy",
  magenta: "--stale",
  cyan: "--edge-config",
  white: "--ink-2",
  brightBlack: "--ink-3",
  brightRed: "--bad",
  brightGreen: "--ok",
  brightYellow: "--brass",
  brightBlue: "--accent",
  brightMagenta: "--edge-policy",
  brightCyan: "--edge-config",
  brightWhite: "--ink",
} as const satisfies ITheme;

/** The page's colours as they are just now: a terminal draws them itself. */
function themeOf(element: HTMLElement): ITheme {
  const probe = document.createElement("span");
  element.append(probe);
  const colours = Object.entries(tokens).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colours);
}

import { usePreferences } from "../preferences.ts";
import { acceptTidy, beginMove, cancelMove, keepMove, proposeTidy, shift } from "./arrange.ts";
import { type Desk, say } from "./board-store.ts";
import { duplicate } from "./clipboard.ts";
import { isLocked, meantNodes, redo, remove, selectedNodes, undo } from "./commands.ts";
import { gesture } from "./history.ts";
import { followEdge, goToEnd, saySelected, toggle } from "./key-moves.ts";
import { type Direction, nearestTo, readingOrder } from "./order.ts";
import { goTo, panBy } from "./travel.ts";
import { boundsOf } from "./window.ts";

/** What the keys of a page need that is not the canvas's own. */
export interface PageKeys {
  saveNow(): void;
  review(): void;
  look(at: "draft" | "plan" | "live"): void;
  openInspector(): void;
  openProblems(): void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

const steps: Readonly<Record<Direction, { x: number; y: number }>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** Does what a key means on the canvas. Answers whether it means anything. */
export function pressKey(desk: Desk, pressed: Pressed, page: PageKeys): boolean {
  if (pressed.altKey || isSwitchedOff(pressed)) return false;
  const { moving, proposal } = desk.board.getState();
  if (moving) return pressWhileMoving(desk, pressed);
  if (proposal && decideTidy(desk, pressed.key)) return true;
  const direction = directions[pressed.key];
  if (direction) return pressArrow(desk, direction, pressed);
  const commands = commandsFor(pressed);
  const command = commands[pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key];
  if (command) command(desk, page);
  return command !== undefined;
}

function commandsFor({ ctrlKey, metaKey, shiftKey }: Pressed): Readonly<Record<string, Command>> {
  if (ctrlKey || metaKey) return shiftKey ? withControlAndShift : withControl;
  return shiftKey ? withShift : alone;
}

function decideTidy(desk: Desk, key: string): boolean {
  if (key === "Enter") acceptTidy(desk);
  else if (key === "Escape") {
    desk.board.setState({ proposal: undefined });
    say(desk, "Everything stays as it is");
  } else return false;
  return true;
}

/** Letters alone are commands only for those who want them to be. */
function isSwitchedOff({ key, ctrlKey, metaKey }: Pressed): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !usePreferences.getState().singleKeys;
}

function pressWhileMoving(desk: Desk, { key, shiftKey }: Pressed): boolean {
  const direction = directions[key];
  if (direction) {
    const far = shiftKey ? 40 : 8;
    const { x, y } = steps[direction];
    shift(
      desk,
      selectedNodes(desk),
      { x: x * far, y: y * far },
      `${gesture}keys ${desk.board.getState().said.turn}`,
    );
  } else if (key === "Enter") keepMove(desk);
  else if (key === "Escape") cancelMove(desk);
  return direction !== undefined || key === "Enter" || key === "Escape";
}

function pressArrow(desk: Desk, direction: Direction, { shiftKey, ctrlKey, metaKey }: Pressed): boolean {
  if (ctrlKey || metaKey) return false;
  if (shiftKey) {
    panBy(desk, { x: -steps[direction].x * 120, y: -steps[direction].y * 120 });
    return true;
  }
  const { active } = desk.board.getState();
  const { graph } = desk.graph.getState();
  const next =
    active === undefined || !graph.nodes.has(active)
      ? readingOrder(graph)[0]
      : nearestTo(graph, active, direction);
  if (next !== undefined) goTo(desk, next);
  return true;
}

type Command = (desk: Desk, page: PageKeys) => void;

const open =
  (kind: "add" | "menu"): Command =>
  (desk) => {
    if (kind === "menu" || !isLocked(desk)) desk.board.setState({ panel: { kind } });
  };

const alone: Readonly<Record<string, Command>> = {
  a: open("add"),
  c: (desk) => onActive(desk, (id) => desk.board.setState({ panel: { kind: "connect", from: id } })),
  m: (desk) => beginMove(desk),
  Delete: (desk) => remove(desk),
  Backspace: (desk) => remove(desk),
  F2: (desk) => onActive(desk, (id) => desk.board.setState({ panel: { kind: "rename", id } })),
  t: (desk) => void proposeTidy(desk),
  "/": ({ board }) => board.setState({ isSearching: true }),
  o: ({ board }) => board.setState(({ hasOutline }) => ({ hasOutline: !hasOutline })),
  "1": (_, page) => page.look("draft"),
  "2": (_, page) => page.look("plan"),
  "3": (_, page) => page.look("live"),
  "+": ({ view }) => view.zoomBy(1.25),
  "=": ({ view }) => view.zoomBy(1.25),
  "-": ({ view }) => view.zoomBy(0.8),
  "0": ({ view, graph }) => view.fit(boundsOf(graph.getState().graph.nodes.values())),
  z: (desk) => desk.view.fit(boundsOf(meantNodes(desk))),
  "[": (desk) => followEdge(desk, "in"),
  "]": (desk) => followEdge(desk, "out"),
  Home: (desk) => goToEnd(desk, 0),
  End: (desk) => goToEnd(desk, -1),
  Enter: (desk, page) => onCard(desk, (id) => [desk.graph.select([id]), page.openInspector()]),
  " ": (desk) => onCard(desk, (id) => [desk.graph.select([id]), saySelected(desk)]),
  Escape: (desk) => letGo(desk),
};

const withShift: Readonly<Record<string, Command>> = {
  " ": (desk) => onCard(desk, (id) => toggle(desk, id)),
  "+": ({ view }) => view.zoomBy(1.25),
  F10: open("menu"),
  "!": (_, page) => page.openProblems(),
};

const withControl: Readonly<Record<string, Command>> = {
  z: (desk) => undo(desk),
  y: (desk) => redo(desk),
  a: (desk) => [desk.graph.select(desk.graph.getState().graph.nodes.keys()), saySelected(desk)],
  d: (desk) => duplicate(desk),
  g: (desk) => askGroup(desk),
  s: (_, page) => page.saveNow(),
  Enter: (_, page) => page.review(),
};

const withControlAndShift: Readonly<Record<string, Command>> = { z: (desk) => redo(desk) };

/** Keys that act wherever the focus is on the page, as long as it is in no field. */
export function pressAnywhere(desk: Desk, pressed: Pressed, page: PageKeys): boolean {
  if (!pressed.ctrlKey && !pressed.metaKey) return false;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (key === "z" && pressed.shiftKey) redo(desk);
  else if (["z", "y", "s", "Enter"].includes(key)) withControl[key]?.(desk, page);
  else return false;
  return true;
}

export function askGroup(desk: Desk): void {
  const ids = meantNodes(desk).map(({ id }) => id);
  if (ids.length > 0 && !isLocked(desk)) desk.board.setState({ panel: { kind: "group", ids } });
}

function onCard(desk: Desk, act: (id: string) => void): void {
  const [only] = desk.graph.getState().selection;
  const { active = only } = desk.board.getState();
  if (active !== undefined && desk.graph.getState().graph.nodes.has(active)) act(active);
  else say(desk, "No card is chosen: arrows choose one");
}

/** The same for what changes the drawing. */
function onActive(desk: Desk, act: (id: string) => void): void {
  if (!isLocked(desk)) onCard(desk, act);
}

function letGo({ board, graph }: Desk): void {
  const { drawn, refusal, isSearching } = board.getState();
  if (drawn || refusal) board.setState({ drawn: undefined, refusal: undefined });
  else if (isSearching) board.setState({ isSearching: false, search: "" });
  else graph.select([]);
}

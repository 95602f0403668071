import { type Desk, say } from "./board-store.ts";
import { isLocked, meantNodes, middleOf, remove, withPlaced } from "./commands.ts";
import { type Fragment, fragmentOf, pasted, readFragment } from "./fragment.ts";
import { counted, namesOf } from "./node-words.ts";

/** Our own flavour of the clipboard, beside plain text. */
const flavour = "application/x-orrery";

let yamlOf: ((fragment: Fragment) => string) | undefined;

/** Fetches what writes YAML, so that it is there when something is copied: an event cannot wait for it. */
export async function prepareClipboard(): Promise<void> {
  ({ yamlOf } = await import("./fragment-yaml.ts"));
}

type Transfer = Pick<DataTransfer, "setData" | "getData">;

/** Puts the selected nodes on the clipboard. Answers whether there were any. */
export function copy(desk: Desk, clipboard: Transfer | null): boolean {
  const nodes = meantNodes(desk);
  if (nodes.length === 0 || !clipboard) return false;
  const fragment = fragmentOf(desk.graph.getState().graph, new Set(nodes.map(({ id }) => id)));
  clipboard.setData(flavour, JSON.stringify(fragment));
  clipboard.setData("text/plain", yamlOf ? yamlOf(fragment) : JSON.stringify(fragment));
  say(desk, `Copied ${namesOf(nodes)}`);
  return true;
}

export function cut(desk: Desk, clipboard: Transfer | null): boolean {
  if (isLocked(desk) || !copy(desk, clipboard)) return false;
  remove(
    desk,
    meantNodes(desk).map(({ id }) => id),
  );
  return true;
}

/** Puts what was copied, here or in another workflow, into the drawing. */
export function paste(desk: Desk, clipboard: Transfer | null): boolean {
  const text = clipboard?.getData(flavour) || clipboard?.getData("text/plain") || "";
  const fragment = readFragment(text);
  if (!fragment || fragment.nodes.length === 0) {
    say(desk, "The clipboard holds no nodes that were copied on a canvas");
    return false;
  }
  put(desk, fragment, "paste");
  return true;
}

export function duplicate(desk: Desk): void {
  const ids = meantNodes(desk).map(({ id }) => id);
  if (ids.length > 0) put(desk, fragmentOf(desk.graph.getState().graph, new Set(ids)), "duplicate");
}

function put(desk: Desk, fragment: Fragment, verb: string): void {
  if (isLocked(desk)) return;
  const middle = middleOf(desk);
  let result: ReturnType<typeof pasted> | undefined;
  const what = counted(fragment.nodes.length, "node");
  desk.graph.edit({ label: `${verb} ${what}` }, (graph) => {
    result = pasted(graph, fragment, verb === "duplicate" ? besideOf(fragment) : middle);
    return withPlaced(result.graph, result.ids);
  });
  if (!result) return;
  desk.graph.select(result.ids);
  desk.board.setState({ active: result.ids[0] });
  const lost = result.missing.length > 0 ? `. Not here, so not connected: ${result.missing.join(", ")}` : "";
  say(desk, `${verb === "paste" ? "Pasted" : "Duplicated"} ${what}${lost}`);
}

function besideOf({ nodes }: Fragment) {
  const [x, y] = [nodes.map(({ position }) => position.x), nodes.map(({ position }) => position.y)];
  return { x: Math.min(...x) + 24, y: Math.max(...y) + 104 };
}

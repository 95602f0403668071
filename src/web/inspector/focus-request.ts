import { create } from "zustand";
import type { GraphStore } from "../canvas/graph-store.ts";
import type { CanvasProblem } from "../canvas/problems.ts";

interface Request {
  nodeId: string;
  /** A JSON Pointer into the node's data. */
  path: string;
}

export const useFocusRequest = create<{ request: Request | undefined }>()(() => ({ request: undefined }));

/** Selects the node of a problem, and has its form put the focus into the field. */
export function goToProblem(store: GraphStore, { node_id, path }: CanvasProblem): void {
  if (node_id === undefined) return;
  store.select([node_id]);
  useFocusRequest.setState({ request: { nodeId: node_id, path } });
}

/** The element of a form that is nearest to a place. */
export function fieldAt(form: HTMLElement, path: string): HTMLElement | undefined {
  const keys = path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const place = keys.slice(0, depth).join("/");
    const found = [...form.querySelectorAll<HTMLElement>("[data-place]")].find(
      (each) => each.dataset.place === place,
    );
    if (found) return found;
  }
  return undefined;
}

/** The next problem after the last one that was gone to, round and round. */
export function problemAfter(
  all: readonly CanvasProblem[],
  last: Request | undefined,
  step: 1 | -1,
): CanvasProblem | undefined {
  const listed = all.filter(({ node_id }) => node_id !== undefined);
  const at = listed.findIndex(({ node_id, path }) => last?.nodeId === node_id && last?.path === path);
  if (at === -1) return step === 1 ? listed[0] : listed.at(-1);
  return listed.at((at + step) % listed.length);
}

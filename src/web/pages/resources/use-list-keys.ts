import { type KeyboardEvent, type RefObject, useRef } from "react";

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const control = "[data-row] a, [data-group]";

/** `J` and `K` or the arrows move between rows, `S` stars the one that has the focus, `F` leads to the filters. */
export function useListKeys(
  frame: RefObject<HTMLElement | null>,
  count: number,
  show: (index: number) => void,
  onFilter: () => void,
) {
  const wanted = useRef<number>(undefined);

  /** A row that comes into view is drawn a moment later, and its content may still be on its way: the list waits for it. */
  function focus(index: number): void {
    const row = frame.current?.querySelector(`[data-index="${index}"]`);
    const target = row?.querySelector<HTMLElement>(control);
    (target ?? frame.current)?.focus({ preventScroll: true });
    if (!target) requestAnimationFrame(() => isWaitingFor(index) && focus(index));
  }
  const isWaitingFor = (index: number) =>
    wanted.current === index && document.activeElement === frame.current;

  return (event: KeyboardEvent<HTMLElement>): void => {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return;
    const row = target.closest<HTMLElement>("[data-index]");
    const at = row ? Number(row.dataset.index) : wanted.current;
    const step = steps[key];
    if (key === "f") onFilter();
    else if (key === "s" && row) row.querySelector<HTMLElement>("[data-star]")?.click();
    else if (step !== undefined && at !== undefined) {
      const next = Math.min(Math.max(0, at + step), count - 1);
      wanted.current = next;
      show(next);
      focus(next);
    } else return;
    event.preventDefault();
  };
}

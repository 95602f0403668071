import { type KeyboardEvent, type PointerEvent, useState } from "react";

const key = "orrery-inspector-width";
const least = 280;
const most = 640;
const usual = 360;
const step = 16;

function stored(): number {
  const known = Number(localStorage.getItem(key));
  return known >= least && known <= most ? known : usual;
}

/** What a key makes of a width: arrows move the line, the ends are the ends. */
function widthAfter(key: string, width: number): number | undefined {
  if (key === "ArrowLeft") return width + step;
  if (key === "ArrowRight") return width - step;
  if (key === "Home") return most;
  return key === "End" ? least : undefined;
}

/** How wide the inspector is, and the handlers of the line that changes it: by pointer, by arrows, Home and End. */
export function useWidth() {
  const [width, setWidth] = useState(stored);
  const set = (wanted: number) => {
    const next = Math.round(Math.min(most, Math.max(least, wanted)));
    setWidth(next);
    localStorage.setItem(key, String(next));
  };
  return {
    width,
    line: {
      "aria-valuemin": least,
      "aria-valuemax": most,
      onKeyDown(event: KeyboardEvent) {
        const next = widthAfter(event.key, width);
        if (next === undefined) return;
        event.preventDefault();
        set(next);
      },
      onPointerDown(event: PointerEvent<HTMLElement>) {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        set(event.currentTarget.getBoundingClientRect().right - event.clientX + width);
      },
    },
  };
}

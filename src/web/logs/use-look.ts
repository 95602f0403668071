import { useCallback, useDeferredValue, useEffect, useRef, useState } from "react";
import type { LogLook } from "./log-buffer.ts";
import type { LogModel } from "./log-model.ts";

/** Shows the lines anew when something else is wanted of them: once there is time for it, or at once if asked to. */
export function useLook(model: LogModel, look: LogLook): () => void {
  const wanted = JSON.stringify(look);
  const text = useDeferredValue(wanted);
  const shown = useRef({ model, text });
  const show = useCallback(
    (text: string) => {
      if (shown.current.model === model && shown.current.text === text) return;
      shown.current = { model, text };
      model.look(JSON.parse(text));
    },
    [model],
  );
  useEffect(() => show(text), [show, text]);
  return () => show(wanted);
}

/** Which of the lines found is looked at: the last one first, as it is the newest. */
export function useHits(model: LogModel, beforeStep: () => void) {
  const [current, setCurrent] = useState<number>();
  const place = () => (current === undefined ? undefined : model.buffer.rows().hitIndex(current));
  const step = (by: 1 | -1) => {
    beforeStep();
    const rows = model.buffer.rows();
    if (rows.hits === 0) return;
    const from = place();
    setCurrent(rows.hit(from === undefined ? rows.hits - 1 : (from + by + rows.hits) % rows.hits));
  };
  const at = place();
  return { at, current: at === undefined ? undefined : current, step };
}

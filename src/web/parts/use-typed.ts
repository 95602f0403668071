import { useEffect, useRef, useState } from "react";

const restMs = 200;

/**
 * What is typed into a field whose text is kept elsewhere, such as in the address: told once the typing rests, and
 * never replaced by what was told before it.
 */
export function useTyped(kept: string, tell: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(kept);
  const told = useRef<string[]>([]);
  const timer = useRef(0);

  useEffect(() => {
    const index = told.current.indexOf(kept);
    told.current = index === -1 ? [] : told.current.slice(index + 1);
    if (index === -1) setTyped(kept);
  }, [kept]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function type(text: string): void {
    setTyped(text);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      told.current.push(text.trim());
      tell(text.trim());
    }, restMs);
  }

  return [typed, type];
}

import type { LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { create } from "zustand";

export interface Action {
  id: string;
  /** What it does to what: "Deploy checkout". */
  label: string;
  icon?: LucideIcon;
  run(): void;
}

export const useActions = create<readonly Action[]>()(() => []);

/** Offers these in the palette for as long as a component is there. The actions may be new each time. */
export function useOffered(actions: readonly Action[]): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const names = JSON.stringify(actions.map(({ id, label }) => [id, label]));
  useEffect(() => {
    const offered = (JSON.parse(names) as [string, string][]).map(([id, label]): Action => {
      const now = () => latest.current.find((action) => action.id === id);
      return { ...now(), id, label, run: () => now()?.run() };
    });
    useActions.setState((all) => [...offered, ...all], true);
    return () => useActions.setState((all) => all.filter((each) => !offered.includes(each)), true);
  }, [names]);
}

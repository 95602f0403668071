import { useEffect } from "react";
import { create } from "zustand";

export interface KeySection {
  title: string;
  /** Keys as people read them, alternatives apart, and what they do. */
  keys: readonly (readonly [keys: readonly string[], what: string])[];
}

export const useKeySections = create<readonly KeySection[]>()(() => []);

/** Lists these keys under `?` for as long as a component is there. The section must not be made anew each time. */
export function useKeyMap(section: KeySection): void {
  useEffect(() => {
    useKeySections.setState((all) => [...all, section], true);
    return () => useKeySections.setState((all) => all.filter((each) => each !== section), true);
  }, [section]);
}

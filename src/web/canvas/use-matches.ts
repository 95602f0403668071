import { createContext, useContext } from "react";

/** The nodes that a search found; nothing while nothing is searched. */
export const MatchesContext = createContext<ReadonlySet<string> | undefined>(undefined);

/** Whether a node is one that is searched for; all are while nothing is. */
export function useMatches(id: string): boolean {
  return useContext(MatchesContext)?.has(id) ?? true;
}

import { useContext } from "react";
import { useStaleSince } from "../live/connection.ts";
import { AwayContext } from "./statuses.ts";

/** Since when the statuses of nodes may no longer hold: their cluster does not answer, or the server does not. */
export function useOldSince(): Date | undefined {
  const away = useContext(AwayContext);
  const stale = useStaleSince();
  return away?.since ?? stale;
}

import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { IconButton } from "../parts/Button.tsx";
import styles from "./Bars.module.css";
import { say, useBoard, useBoardStore, useDesk } from "./board-store.ts";
import { useGraph } from "./graph-store.ts";
import { matchesOf } from "./search.ts";
import { StagedContext } from "./staged.ts";
import { StatusContext } from "./statuses.ts";
import { goTo } from "./travel.ts";
import { MatchesContext } from "./use-matches.ts";

/** Makes known around the canvas what a search found. */
export function Searched({ children }: { children: ReactNode }) {
  const board = useBoardStore();
  const search = useStore(board, (state) => (state.isSearching ? state.search.trim() : ""));
  const graph = useGraph((state) => state.graph);
  const statuses = useStore(useContext(StatusContext));
  const changes = useContext(StagedContext);
  const matches = useMemo(
    () => (search === "" ? undefined : new Set(matchesOf(graph, search, { statuses, changes }))),
    [search, graph, statuses, changes],
  );
  return <MatchesContext value={matches}>{children}</MatchesContext>;
}

/** Searches the drawing: what is not meant steps back, and Enter goes from one to the next. */
export function SearchBar() {
  const desk = useDesk();
  const search = useBoard((state) => state.search);
  const found = useContext(MatchesContext);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const close = () => desk.board.setState({ isSearching: false, search: "" });
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && found) cycle(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  const cycle = (by: 1 | -1) => {
    const list = [...(found ?? [])];
    const at = list.indexOf(desk.board.getState().active ?? "");
    const next = list.at((at + by + list.length) % list.length);
    if (next === undefined) return;
    goTo(desk, next);
    desk.graph.select([next]);
    say(desk, `${list.indexOf(next) + 1} of ${list.length}`);
  };
  return (
    <search className={styles.search}>
      <input
        ref={field}
        type="search"
        aria-label="Search the drawing"
        placeholder="Name, kind: ns: status: image: is:changed"
        value={search}
        onChange={(event) => desk.board.setState({ search: event.target.value })}
        onKeyDown={press}
      />
      <span className={styles.count} role="status">
        {found ? `${found.size} found` : ""}
      </span>
      <IconButton label="Close search" icon={X} size="small" onClick={close} />
    </search>
  );
}

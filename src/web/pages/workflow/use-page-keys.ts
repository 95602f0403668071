import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { say, useDesk } from "../../canvas/board-store.ts";
import type { Draft } from "../../canvas/draft.ts";
import { type PageKeys, pressAnywhere } from "../../canvas/keys.ts";
import { saveWords } from "../../canvas/save-words.ts";

/** Where a workflow's review stands. */
const reviewOf = (id: string) => `/workflows/${id}/plan`;

/** Goes to what is beside the canvas, once it is there. */
function focusPanel(): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector("[data-panel]");
    if (panel?.querySelector("[aria-busy=true]")) return focusPanel();
    const first = panel?.querySelector<HTMLElement>("[role=tab][aria-selected=true]");
    (first ?? panel?.querySelector<HTMLElement>("button"))?.focus();
  });
}

export function usePageKeys(id: string, draft: Draft): PageKeys {
  const navigate = useNavigate();
  const desk = useDesk();
  const page = useMemo<PageKeys>(() => {
    const review = () => void draft.autosave.flush().then(() => navigate({ href: reviewOf(id) }));
    return {
      saveNow: () =>
        void draft.autosave.flush().then(() => {
          const saving = draft.saving.getState().state;
          say(desk, saving.kind === "saved" ? "Saved" : saveWords(saving));
        }),
      review,
      look(at) {
        if (at === "plan") review();
        else
          void navigate({
            to: "/workflows/$id",
            params: { id },
            search: at === "live" ? { view: "live" } : {},
          });
      },
      openInspector: focusPanel,
      openProblems() {
        desk.graph.select([]);
        void navigate({
          to: "/workflows/$id",
          params: { id },
          search: { panel: "problems" },
        }).then(focusPanel);
      },
    };
  }, [draft, desk, id, navigate]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isField =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, [contenteditable=true], [role=dialog]") !== null;
      const isSave = event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey);
      if ((isField && !isSave) || event.defaultPrevented) return;
      if (pressAnywhere(desk, event, page)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [desk, page]);
  return page;
}

import type { LinkProps } from "@tanstack/react-router";
import { useEffect } from "react";
import { create } from "zustand";

export interface Crumb {
  label: string;
  /** Where it leads, as `Link` takes it. */
  link: LinkProps;
}

interface Trail {
  title: string;
  /** The places above the page, the outermost first. */
  crumbs: readonly Crumb[];
}

/** Where the page that is open lies. */
export const useTrail = create<Trail>()(() => ({ title: "", crumbs: [] }));

/** Names the page that is open: in the document's title, and in the bar at the top. */
export function usePlace(title: string, crumbs: readonly Crumb[]): void {
  const above = crumbs.at(-1)?.label;
  const documentTitle = [...(above ? [above] : []), title, "Orrery"].join(" · ");
  useEffect(() => {
    document.title = documentTitle;
  }, [documentTitle]);
  // Each drawing makes the list anew, mostly with the same in it.
  const trail = JSON.stringify({ title, crumbs });
  useEffect(() => useTrail.setState(JSON.parse(trail), true), [trail]);
}

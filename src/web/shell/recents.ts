import { useEffect } from "react";
import { create } from "zustand";
import { useTrail } from "../parts/trail.ts";
import { useSession } from "../session.ts";

export interface Recent {
  href: string;
  title: string;
  /** What it belongs to: "Workflows", or the name of one. */
  of: string;
}

const key = "orrery-recent";
const kept = 8;

interface Kept {
  user_id: string;
  recents: readonly Recent[];
}

/** The pages of single things that were open last, the latest first. */
export const useRecents = create<Kept>()(() => stored());

/** Remembers each page of a single thing that is opened while a component is there. */
export function useRemember(): void {
  const { title, crumbs } = useTrail();
  const user_id = useSession(({ user }) => user?.id);
  const of = crumbs.map(({ label }) => label).join(" / ");
  useEffect(() => {
    if (user_id !== undefined && of !== "") remember(user_id, { href: window.location.pathname, title, of });
  }, [user_id, title, of]);
}

/** Somebody else's pages are forgotten. */
function remember(user_id: string, recent: Recent): void {
  const before = useRecents.getState();
  const mine = before.user_id === user_id ? before.recents : [];
  const recents = [recent, ...mine.filter(({ href }) => href !== recent.href)].slice(0, kept);
  localStorage.setItem(key, JSON.stringify({ user_id, recents }));
  useRecents.setState({ user_id, recents });
}

function stored(): Kept {
  try {
    return { user_id: "", recents: [], ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return { user_id: "", recents: [] };
  }
}

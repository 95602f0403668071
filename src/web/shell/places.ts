import type { LinkProps } from "@tanstack/react-router";
import { Bell, Boxes, House, type LucideIcon, Server, ShieldUser, UserRound, Workflow } from "lucide-react";

export interface Place {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  icon: LucideIcon;
  /** Pressed after `G`. */
  letter?: string;
  adminsOnly?: true;
}

/** The rail, in its order: a line a page, added with its route. */
export const places: readonly Place[] = [
  { to: "/", label: "Home", icon: House, letter: "h" },
  { to: "/workflows", label: "Workflows", icon: Workflow, letter: "w" },
  { to: "/resources", label: "Resources", icon: Boxes, letter: "r" },
  { to: "/clusters", label: "Clusters", icon: Server, letter: "c" },
  { to: "/admin", label: "Admin", icon: ShieldUser, adminsOnly: true },
];

/** What belongs to oneself, in the account menu. */
export const account: readonly Place[] = [
  { to: "/profile", label: "Profile", icon: UserRound },
  { to: "/notifications", label: "Notifications", icon: Bell },
];

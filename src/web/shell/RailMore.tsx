import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { Menu, MenuItem } from "../parts/Menu.tsx";
import type { Place } from "./places.ts";
import styles from "./Rail.module.css";

/** The places that a phone's bar has no room for. */
export function RailMore({ places: rest }: { places: readonly Place[] }) {
  return (
    <Menu
      trigger={
        <button type="button" className={styles.link}>
          <Ellipsis size={18} aria-hidden />
          <span className={styles.label}>More</span>
        </button>
      }
    >
      {rest.map(({ to, label }) => (
        <MenuItem key={to} asChild>
          <Link to={to}>{label}</Link>
        </MenuItem>
      ))}
    </Menu>
  );
}

import { Link } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { Suspense } from "react";
import { Mark, WordMark } from "../look/Mark.tsx";
import { later } from "../parts/later.tsx";
import { Tooltip } from "../parts/Tooltip.tsx";
import { prefer, usePreferences } from "../preferences.ts";
import { useSession } from "../session.ts";
import { type Place, places } from "./places.ts";
import styles from "./Rail.module.css";

const RailMore = later(() => import("./RailMore.tsx"), "RailMore", "button");

/** The places of the app: a rail at the side, or a bar at the bottom of a phone. */
export function Rail() {
  const isAdmin = useSession(({ user }) => user?.role === "admin");
  const isNarrow = usePreferences(({ rail }) => rail === "narrow");
  const mine = places.filter(({ adminsOnly }) => isAdmin || !adminsOnly);

  return (
    <nav className={styles.rail} aria-label="Main" data-region>
      <Link to="/" className={styles.brand} aria-label="Orrery, Home" tabIndex={-1}>
        {isNarrow ? <Mark size={24} /> : <WordMark size={24} />}
      </Link>
      <ul className={styles.places}>
        {mine.map((place) => (
          <li key={place.to} className={styles.place}>
            {isNarrow ? (
              <Tooltip text={place.label}>
                <PlaceLink {...place} />
              </Tooltip>
            ) : (
              <PlaceLink {...place} />
            )}
          </li>
        ))}
        {mine.length > inBottomBar && (
          <li className={styles.more}>
            <Suspense>
              <RailMore places={mine.slice(inBottomBar - 1)} />
            </Suspense>
          </li>
        )}
      </ul>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={!isNarrow}
        onClick={() => prefer({ rail: isNarrow ? "wide" : "narrow" })}
      >
        {isNarrow ? <PanelLeftOpen size={16} aria-hidden /> : <PanelLeftClose size={16} aria-hidden />}
        <span className={styles.label}>{isNarrow ? "Widen" : "Narrow"}</span>
      </button>
    </nav>
  );
}

/** As many as fit side by side on a phone. */
const inBottomBar = 5;

function PlaceLink({ to, label, icon: Icon, ...rest }: Place) {
  // What the tooltip hands down goes to the link, and what else is known of a place does not.
  const { letter: _letter, adminsOnly: _adminsOnly, ...handed } = rest;
  return (
    <Link to={to} {...handed} activeOptions={{ exact: to === "/" }} className={styles.link}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span className={styles.label}>{label}</span>
    </Link>
  );
}

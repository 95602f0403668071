import { type ReactNode, useEffect, useRef } from "react";
import styles from "./PageHead.module.css";
import { type Crumb, usePlace } from "./trail.ts";

export interface PageHeadProps {
  title: string;
  /** The places above this one, the outermost first. */
  crumbs?: readonly Crumb[] | undefined;
  actions?: ReactNode;
  /** What stands under the title: state, version, since when. */
  meta?: ReactNode;
}

/**
 * The head of a page: its only `h1`, which names the document too and takes the focus on arriving. The way to it stands
 * in the bar at the top.
 */
export function PageHead({ title, crumbs = [], actions, meta }: PageHeadProps) {
  const heading = useFocusOnArrival();
  usePlace(title, crumbs);
  return (
    <header className={styles.head}>
      <div className={styles.text}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {meta && <div className={styles.meta}>{meta}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

// The first page of a visit leaves the focus at the top, where the skip link is.
let arrivedBefore = false;

/** Focuses the heading, unless somebody is already busy in the page. */
function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const busy = document.activeElement?.closest("main *, [role=dialog], [role=alertdialog]");
    if (arrivedBefore && !busy) heading.current?.focus({ preventScroll: true });
    arrivedBefore = true;
  }, []);
  return heading;
}

import { Link } from "@tanstack/react-router";
import { buttonClass } from "../../parts/Button.tsx";
import styles from "./Workflows.module.css";

/** The pages of a list; nothing where there is only one. */
export function Pages({ page, pages }: { page: number; pages: number }) {
  if (pages <= 1) return null;
  return (
    <nav aria-label="Pages" className={styles.pages}>
      {page > 1 && (
        <Link to="." search={(before: object) => ({ ...before, page: page - 1 })} className={buttonClass()}>
          Previous
        </Link>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && (
        <Link to="." search={(before: object) => ({ ...before, page: page + 1 })} className={buttonClass()}>
          Next
        </Link>
      )}
    </nav>
  );
}

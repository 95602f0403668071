import { Button } from "../parts/Button.tsx";
import styles from "./Page.module.css";

interface PagesProps {
  page: number;
  limit: number;
  total: number;
  onPage: (page: number) => void;
}

/** The way through a list of several pages; nothing where there is only one. */
export function Pages({ page, limit, total, onPage }: PagesProps) {
  const last = Math.ceil(total / limit);
  if (last <= 1) return null;
  return (
    <nav className={styles.between} aria-label="Pages">
      <span className={styles.meta}>
        {(page - 1) * limit + 1}–{Math.min(page * limit, total)} of {total}
      </span>
      <span className={styles.line}>
        <Button
          size="small"
          disabledReason={page === 1 ? "This is the first page" : undefined}
          onClick={() => onPage(page - 1)}
        >
          Newer
        </Button>
        <Button
          size="small"
          disabledReason={page >= last ? "This is the last page" : undefined}
          onClick={() => onPage(page + 1)}
        >
          Older
        </Button>
      </span>
    </nav>
  );
}

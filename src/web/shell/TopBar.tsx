import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { Fragment, Suspense } from "react";
import { Kbd } from "../parts/Code.tsx";
import { later } from "../parts/later.tsx";
import { useTrail } from "../parts/trail.ts";
import { ConnectionState } from "./ConnectionState.tsx";
import { commandKey } from "./command-key.ts";
import styles from "./TopBar.module.css";

const TopMenus = later(() => import("./TopMenus.tsx"), "TopMenus", "button");

interface TopBarProps {
  onSearch(): void;
  onKeys(): void;
}

export function TopBar({ onSearch, onKeys }: TopBarProps) {
  return (
    <header className={styles.bar} data-region tabIndex={-1}>
      <Trail />
      <ConnectionState />
      <button type="button" className={styles.search} onClick={onSearch}>
        <Search size={16} aria-hidden />
        <span className={styles.words}>Search or go to…</span>
        <span className={styles.keys}>
          <Kbd>{commandKey} K</Kbd>
        </span>
      </button>
      <div className={styles.menus}>
        <Suspense>
          <TopMenus onKeys={onKeys} />
        </Suspense>
      </div>
    </header>
  );
}

function Trail() {
  const { crumbs, title } = useTrail();

  return (
    <nav aria-label="Breadcrumb" className={styles.trail}>
      <ol>
        {crumbs.map(({ label, link }) => (
          <Fragment key={label}>
            <li>
              <Link {...link}>{label}</Link>
            </li>
            <li aria-hidden className={styles.slash}>
              /
            </li>
          </Fragment>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
}

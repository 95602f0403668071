import { Link } from "@tanstack/react-router";
import type { Crumb } from "../parts/trail.ts";
import styles from "./WorkflowNav.module.css";

/** The way from one page of a workflow to its others. */
export function WorkflowNav({ id }: { id: string }) {
  const params = { id };
  const link = { params, className: styles.link, activeOptions: { exact: true, includeSearch: false } };
  return (
    <nav aria-label="This workflow" className={styles.nav}>
      <Link to="/workflows/$id" {...link}>
        Drawing
      </Link>
      <Link to="/workflows/$id/runs" {...link}>
        Runs
      </Link>
      <Link to="/workflows/$id/versions" {...link}>
        Versions
      </Link>
      <Link to="/workflows/$id/settings" {...link}>
        Settings
      </Link>
    </nav>
  );
}

/** What stands above the pages of a workflow. */
export function crumbsOf({ id, name }: { id: string; name: string }): Crumb[] {
  return [{ label: name, link: { to: "/workflows/$id", params: { id } } }];
}

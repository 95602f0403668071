import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { VersionSummary } from "../../../contract/versions.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import page from "../../deploy/Page.module.css";
import { RestoreDialog } from "../../deploy/RestoreDialog.tsx";
import { noteOf } from "../../deploy/version-note.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import { LabelsDialog } from "./LabelsDialog.tsx";
import styles from "./Versions.module.css";

interface EntryProps {
  workflow: Workflow;
  version: VersionSummary;
}

/** One version: how it came about, what people say of it, and what can be done with it. */
export function VersionEntry({ workflow: { id, deployed_version }, version }: EntryProps) {
  const { version: number, name, tag, created_at, live } = version;
  const description = noteOf(version);
  return (
    <li className={styles.entry} data-live={live || undefined}>
      <div className={page.line}>
        <h2 className={styles.name}>
          <Link to="/workflows/$id/versions/$version" params={{ id, version: String(number) }}>
            v{number}
            {name && ` · ${name}`}
          </Link>
        </h2>
        {live && <Tag tone="ok">Live</Tag>}
        {tag && <Tag tone="accent">{tag}</Tag>}
        <span className={page.meta}>
          {originOf(version)} · <When at={created_at} />
        </span>
      </div>
      {description && <p className={styles.note}>{description}</p>}
      <Actions id={id} version={version} live={deployed_version} />
    </li>
  );
}

/** How a version came about, in a word. */
function originOf({ is_automatic, restored_from, unchanged, run_status }: VersionSummary): string {
  const how =
    restored_from !== undefined ? `v${restored_from} again` : is_automatic ? "made by a run" : "saved";
  const failed = run_status === "failed" ? ", which failed" : "";
  return `${how}${failed}${unchanged ? ", the same drawing" : ""}`;
}

function Actions({ id, version, live }: { id: string; version: VersionSummary; live: number | undefined }) {
  const [dialog, open] = useState<"labels" | "restore">();
  const { version: number } = version;
  const small = buttonClass({ size: "small", variant: "quiet" });
  return (
    <div className={page.line}>
      <Link
        to="/workflows/$id/compare"
        params={{ id }}
        search={{ from: String(number), to: "draft" }}
        className={small}
        aria-label={`Compare v${number} with the draft`}
      >
        Compare
      </Link>
      <Button size="small" variant="quiet" onClick={() => open("labels")} aria-label={`Rename v${number}`}>
        Rename
      </Button>
      <Button size="small" variant="quiet" onClick={() => open("restore")} aria-label={`Restore v${number}`}>
        Restore
      </Button>
      {live !== undefined && number !== live && (
        <Link
          to="/workflows/$id/plan"
          params={{ id }}
          search={{ version: number }}
          className={small}
          aria-label={`Roll back to v${number}`}
        >
          Roll back
        </Link>
      )}
      {version.run_id && (
        <Link
          to="/workflows/$id/runs/$run"
          params={{ id, run: version.run_id }}
          className={small}
          aria-label={`Run of v${number}`}
        >
          Its run
        </Link>
      )}
      {dialog === "labels" && <LabelsDialog id={id} version={version} onClose={() => open(undefined)} />}
      <RestoreDialog
        id={id}
        version={number}
        open={dialog === "restore"}
        onOpenChange={() => open(undefined)}
      />
    </div>
  );
}

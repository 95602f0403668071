import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Version } from "../../../contract/versions.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { nameOfNode } from "../../../core/relations/node-names.ts";
import { useRead } from "../../api.ts";
import { Canvas } from "../../canvas/Canvas.tsx";
import { titleOf } from "../../canvas/node-words.ts";
import page from "../../deploy/Page.module.css";
import { Reading } from "../../deploy/Reading.tsx";
import { RestoreDialog } from "../../deploy/RestoreDialog.tsx";
import { RestoreNode } from "../../deploy/RestoreNode.tsx";
import { noteOf } from "../../deploy/version-note.ts";
import { crumbsOf } from "../../deploy/WorkflowNav.tsx";
import { KindGlyph } from "../../look/glyphs.tsx";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Tag } from "../../parts/Status.tsx";
import { When } from "../../parts/When.tsx";
import styles from "./Version.module.css";

const onceRead = { staleTime: Number.POSITIVE_INFINITY };

/** A version's drawing, to look at and to take from. */
export function VersionPage(): React.ReactNode {
  const params = useParams({ from: "/in/workflows/$id/versions/$version" });
  const workflow = useRead(api.getWorkflow, { params: { id: params.id } });
  const version = useRead(api.getVersion, { params }, onceRead);
  if (workflow.data && version.data) return <VersionView workflow={workflow.data} version={version.data} />;
  return <Reading title={`v${params.version}`} queries={[workflow, version]} />;
}

function VersionView({ workflow, version }: { workflow: Workflow; version: Version }) {
  const { node } = useSearch({ from: "/in/workflows/$id/versions/$version" });
  const navigate = useNavigate({ from: "/workflows/$id/versions/$version" });
  const select = (id: string | undefined) => void navigate({ search: { node: id }, replace: true });
  return (
    <div className={page.split} data-full>
      <div className={page.picture}>
        <Canvas
          design={version}
          reason={`This is v${version.version}, to look at. Restore it, or switch to the draft, to edit.`}
          selected={node}
          onSelect={select}
        />
      </div>
      <section className={page.sheet} aria-label="Version">
        <Head workflow={workflow} version={version} />
        <div className={page.body}>
          {noteOf(version) && <p>{noteOf(version)}</p>}
          <ul className={styles.nodes}>
            {version.nodes.map((each) => (
              <li key={each.id} className={styles.node} data-selected={each.id === node || undefined}>
                <KindGlyph kind={each.type} />
                <button type="button" className={page.name} onClick={() => select(each.id)}>
                  {nameOfNode(each)}
                </button>
                <span className={page.meta}>{titleOf(each.type)}</span>
                <span className={page.side}>
                  <RestoreNode id={workflow.id} node={each} from={version} label={`v${version.version}`} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      </section>
    </div>
  );
}

function Head({ workflow, version }: { workflow: Workflow; version: Version }) {
  const [isAsking, ask] = useState(false);
  const { id, deployed_version } = workflow;
  const { version: number, name, tag, live, created_at } = version;
  return (
    <header className={page.head}>
      <PageHead
        title={name ? `v${number} · ${name}` : `v${number}`}
        crumbs={[
          ...crumbsOf(workflow),
          { label: "Versions", link: { to: "/workflows/$id/versions", params: { id } } },
        ]}
        meta={
          <>
            {live && <Tag tone="ok">Live</Tag>}
            {tag && <Tag tone="accent">{tag}</Tag>}
            <span>
              saved <When at={created_at} />
            </span>
          </>
        }
      />
      <div className={page.line}>
        <Button onClick={() => ask(true)}>Restore all</Button>
        <Link
          to="/workflows/$id/compare"
          params={{ id }}
          search={{ from: String(number), to: "draft" }}
          className={buttonClass()}
        >
          Compare with the draft
        </Link>
        {deployed_version !== undefined && deployed_version !== number && (
          <Link
            to="/workflows/$id/plan"
            params={{ id }}
            search={{ version: number }}
            className={buttonClass()}
          >
            Roll back to this
          </Link>
        )}
      </div>
      <RestoreDialog id={id} version={number} open={isAsking} onOpenChange={ask} />
    </header>
  );
}

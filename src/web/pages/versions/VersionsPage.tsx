import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import { Pages } from "../../deploy/Pages.tsx";
import { crumbsOf, WorkflowNav } from "../../deploy/WorkflowNav.tsx";
import { Button } from "../../parts/Button.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { LabelsDialog } from "./LabelsDialog.tsx";
import { VersionEntry } from "./VersionEntry.tsx";
import styles from "./Versions.module.css";

const limit = 20;

/** The drawings that a workflow has had, the newest first, and which of them is live. */
export function VersionsPage(): React.ReactNode {
  const { id } = useParams({ from: "/in/workflows/$id/versions" });
  const workflow = useRead(api.getWorkflow, { params: { id } });
  const [isSaving, save] = useState(false);
  return (
    <Loaded query={workflow} title="Versions">
      {(flow) => (
        <Page>
          <PageHead
            title="Versions"
            crumbs={crumbsOf(flow)}
            actions={
              <Button variant="primary" onClick={() => save(true)}>
                Save version
              </Button>
            }
          />
          <WorkflowNav id={id} />
          <Timeline workflow={flow} onSave={() => save(true)} />
          {isSaving && <LabelsDialog id={id} onClose={() => save(false)} />}
        </Page>
      )}
    </Loaded>
  );
}

function Timeline({ workflow, onSave }: { workflow: Workflow; onSave: () => void }) {
  const { id } = workflow;
  const { page: at = 1 } = useSearch({ from: "/in/workflows/$id/versions" });
  const navigate = useNavigate({ from: "/workflows/$id/versions" });
  const query = { page: at, limit, fields: "summary" as const };
  const versions = useRead(api.listVersions, { params: { id }, query }, { keepPrevious: true });
  const none = (
    <Empty
      title="No version has been saved yet"
      text="Each deploy saves one by itself. Save one yourself before you try something."
      action={<Button onClick={onSave}>Save version</Button>}
    />
  );
  return (
    <Loaded query={versions} empty={({ total }) => (total === 0 ? none : undefined)}>
      {(data) => (
        <>
          <ol className={styles.timeline}>
            {data.versions.map((version) => (
              <VersionEntry key={version.version} workflow={workflow} version={version} />
            ))}
          </ol>
          <Pages
            page={at}
            limit={limit}
            total={data.total}
            onPage={(next) => void navigate({ search: { page: next } })}
          />
        </>
      )}
    </Loaded>
  );
}

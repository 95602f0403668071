import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { api } from "../../../contract/api.ts";
import type { Design } from "../../../contract/design.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import { watchIdleness } from "../../inspector/secret-values.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { PlanSheet } from "./PlanSheet.tsx";

/** What a deploy would do, and the one place from which it is done. */
export function PlanPage(): React.ReactNode {
  const { id } = useParams({ from: "/in/workflows/$id/plan" });
  const query = useRead(api.getWorkflow, { params: { id } });
  useEffect(watchIdleness, []);
  if (query.data) return <Planned key={id} workflow={query.data} />;
  return (
    <Loaded query={query} title="Review">
      {(workflow) => <Planned key={id} workflow={workflow} />}
    </Loaded>
  );
}

/** The drawing that is planned: the draft, or an older version that is to be deployed again. */
function Planned({ workflow }: { workflow: Workflow }) {
  const { version } = useSearch({ from: "/in/workflows/$id/plan" });
  const params = { id: workflow.id, version: String(version ?? 1) };
  const older = useRead(
    api.getVersion,
    { params },
    { enabled: version !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const deployed = useDeployedDesign(workflow);
  if (version === undefined) return <PlanSheet workflow={workflow} design={workflow} deployed={deployed} />;
  if (older.data) return <PlanSheet workflow={workflow} design={older.data} deployed={deployed} />;
  return (
    <Loaded query={older} title="Review">
      {(design) => <PlanSheet workflow={workflow} design={design} deployed={deployed} />}
    </Loaded>
  );
}

/** The drawing that is live: where what is removed had its place. */
function useDeployedDesign({ id, deployed_version: version }: Workflow): Design | undefined {
  const params = { id, version: String(version ?? 1) };
  const { data } = useRead(
    api.getVersion,
    { params },
    { enabled: version !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  return version === undefined ? undefined : data;
}

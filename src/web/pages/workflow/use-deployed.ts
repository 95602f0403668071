import { useMemo } from "react";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import type { Drawing } from "../../canvas/graph.ts";

export interface Deployed {
  version: number | undefined;
  drawing: Drawing | undefined;
  error: Error | null;
}

/** The drawing that was deployed last, where one was. */
export function useDeployed({ id, deployed_version: version }: Workflow): Deployed {
  const params = { id, version: String(version ?? 1) };
  const { data, error } = useRead(
    api.getVersion,
    { params },
    { enabled: version !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const drawing = version === undefined ? undefined : data;
  return useMemo(() => ({ version, drawing, error }), [version, drawing, error]);
}

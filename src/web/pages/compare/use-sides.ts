import type { UseQueryResult } from "@tanstack/react-query";
import { api } from "../../../contract/api.ts";
import type { Design } from "../../../contract/design.ts";
import type { Version } from "../../../contract/versions.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { designOf } from "../../../core/versions/design-of.ts";
import { useRead } from "../../api.ts";

/** One of two drawings that are compared. */
export interface Side {
  /** `draft`, `live`, or a version's number. */
  is: string;
  /** What it is called: `the draft`, `v3`. */
  label: string;
  design: Design | undefined;
  query: UseQueryResult<Version>;
}

/** The drawing that an address names: the draft, what is live, or a version. */
export function useSide(workflow: Workflow, is: string): Side {
  const { id, deployed_version } = workflow;
  const version = is === "live" ? deployed_version : Number(is) || undefined;
  const isDraft = is === "draft" || version === undefined;
  const params = { id, version: String(version ?? 1) };
  const query = useRead(
    api.getVersion,
    { params },
    { enabled: !isDraft, staleTime: Number.POSITIVE_INFINITY },
  );
  if (isDraft) return { is: "draft", label: "the draft", design: designOf(workflow), query };
  const label = is === "live" ? `live, v${version}` : `v${version}`;
  return { is, label, design: query.data && designOf(query.data), query };
}

import { Type } from "typebox";
import { endpoint } from "./operation.ts";
import { WorkflowSummary } from "./workflows.ts";

const Stat = Type.Object({
  value: Type.String({ description: "As it is shown, such as `12` or `87.5%`." }),
  change: Type.Number({
    description:
      "Since this month began, in percent of what it was then; of a rate in percentage points. 0 where there was nothing.",
  }),
  trend: Type.Enum(["up", "down", "neutral"]),
  raw: Type.Number({ description: "The same as a number." }),
});

const DashboardStats = Type.Object({
  total_workflows: Stat,
  published_workflows: Stat,
  total_runs: Stat,
  success_rate: Stat,
});

export const dashboardOperations = {
  getDashboardStats: endpoint({
    method: "GET",
    path: "/v1/api/dashboard/stats",
    summary: "Get dashboard statistics, of the caller's own workflows",
    access: "user",
    success: 200,
    result: DashboardStats,
  }),
  listRecentWorkflows: endpoint({
    method: "GET",
    path: "/v1/api/dashboard/recent-workflows",
    summary: "Get recent workflows, the last changed first, without nodes and edges",
    access: "user",
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 20, default: 5 }) }),
    success: 200,
    result: Type.Object({ workflows: Type.Array(WorkflowSummary) }),
  }),
};

import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import type { JsonText } from "../../../core/json-text.ts";
import type { Mount } from "../../http/mount.ts";
import type { DashboardStore } from "../../storage/dashboard.ts";
import { toStats } from "./to-stats.ts";

interface DashboardNeeds {
  dashboard: DashboardStore;
  now(): Date;
}

export function dashboardRoutes(mount: Mount, { dashboard, now }: DashboardNeeds): void {
  mount.endpoint(api.getDashboardStats, async ({ user }) => {
    const at = now();
    const monthStart = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));
    return toStats(await dashboard.tally(user.id, monthStart.toISOString()));
  });

  mount.endpoint(api.listRecentWorkflows, async ({ query, user }) => {
    const heads = await dashboard.recent(user.id, query.limit);
    return `{"workflows":[${heads.join(",")}]}` as JsonText<{ workflows: Workflow[] }>;
  });
}

import { api } from "../../../contract/api.ts";
import { unauthenticated } from "../../../core/problem.ts";
import type { Mount } from "../../http/mount.ts";
import { demandContainer, demandPod, readPod } from "./may-exec.ts";
import { recorded } from "./recorded.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";
import { issueTicket, purposeOf } from "./tickets.ts";

const lookMs = 10_000;

export function terminalRoutes(mount: Mount, needs: TerminalNeeds): void {
  mount.endpoint(api.createExecTicket, async ({ params, body, ...caller }) => {
    const { resource } = await demandPod(needs, params.id, caller.user.id);
    return issueTicket(needs, caller, purposeOf(resource, body));
  });

  mount.socket(api.openTerminal, async ({ params, query, user, purpose, address }) => {
    const { resource, cluster: row } = await demandPod(needs, params.id, user.id);
    if (purpose !== undefined && purpose !== purposeOf(resource, query))
      throw unauthenticated("The ticket is for another terminal");
    const cluster = needs.connections.to(row);
    const pod = await readPod(cluster, resource, AbortSignal.timeout(lookMs));
    const container = demandContainer(pod, query.container).name;
    if (!pod) throw new Error("A container without a pod");
    const { shell, debug = false } = query;
    const opening = { cluster, clusterName: row.name, pod, container, shell, debug };

    const place = { resource, cluster_id: row.id, user_id: user.id, address };
    return (line) => recorded(needs, opening, place, line);
  });
}

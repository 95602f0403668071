import { api } from "../../../contract/api.ts";
import type { Screen } from "../../../contract/terminal.ts";
import { Problem, unauthenticated } from "../../../core/problem.ts";
import type { Mount } from "../../http/mount.ts";
import { wordsOfEnding } from "./ending-words.ts";
import { demandContainer, demandPod, readPod } from "./may-exec.ts";
import { runTerminal } from "./run-terminal.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";
import { issueTicket, purposeOf } from "./tickets.ts";
import { watchAccess } from "./watch-access.ts";

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

    return async (line) => {
      const id = needs.newId();
      const { namespace, name } = resource;
      const who = { id, user_id: user.id, resource_id: resource.id, cluster_id: row.id, address };
      const started_at = needs.now().toISOString();
      await needs.execSessions.begin({ ...who, namespace, pod: name, container, started_at });
      const traffic = { bytes_in: 0, bytes_out: 0 };
      const unwatch = watchAccess(needs, resource.id, user.id, () => line.dismiss("access_revoked"));
      let last: Screen = wordsOfEnding("failed");
      try {
        last = await runTerminal(needs, opening, line, traffic).catch((error) => {
          const ending = line.ending();
          if (ending) return wordsOfEnding(ending);
          if (error instanceof Problem) return { type: "error" as const, data: error.message };
          if (line.end.aborted) return { type: "close" as const, data: "" };
          throw error;
        });
      } finally {
        unwatch();
        await line.say(last);
        const ended_at = needs.now().toISOString();
        await needs.execSessions.end({ id, ended_at, ending: last.data, ...traffic });
      }
    };
  });
}

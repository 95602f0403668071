import { type KubernetesObject, ownLabels } from "../../../core/kubernetes-object.ts";
import type { Line } from "../../../core/logs/position.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { InventoryStore } from "../../storage/inventory.ts";
import type { RunStore } from "../../storage/runs.ts";
import type { DeployNeeds } from "../deploy/deploy-needs.ts";
import { createMask } from "../deploy/mask.ts";
import { valuesOf } from "../deploy/recorder.ts";
import { isRefused } from "./in-words.ts";
import { shownText } from "./log-frames.ts";

export interface SecretNeeds extends Pick<DeployNeeds, "openValues"> {
  inventory: Pick<InventoryStore, "of">;
  runs: Pick<RunStore, "running" | "find">;
}

interface At {
  cluster: Pick<Cluster, "read">;
  cluster_id: string;
}

export type KnownSecrets = ReturnType<typeof createKnownSecrets>;

/** What the workflows of some pods keep secret: what their Secrets in the cluster hold, and what a run was given just now. */
export function createKnownSecrets(needs: SecretNeeds, { cluster, cluster_id }: At) {
  const mask = createMask();

  async function learnLive(workflow_id: string, signal: AbortSignal): Promise<void> {
    for (const { object_key } of await needs.inventory.of(workflow_id, cluster_id)) {
      const [group, kind, namespace = "", name = ""] = object_key.split("/");
      if (group === "" && kind === "Secret") mask.learn(await valuesIn(cluster, { namespace, name }, signal));
    }
  }

  async function learnGiven(workflow_id: string): Promise<void> {
    const running = await needs.runs.running(workflow_id);
    const run = running && (await needs.runs.find(workflow_id, running.id));
    if (run) mask.learn(valuesOf(needs.openValues, run));
  }

  /** All at once, since most lines have none. */
  function mayHaveSecret(lines: readonly Line[]): boolean {
    if (mask.isEmpty()) return false;
    const all = lines.map(({ text }) => text).join("\n");
    return mask.text(all) !== all;
  }

  return {
    /** Before a pod is read: whatever it is given is in the cluster, or with the run, before it starts. */
    async learn({ metadata }: KubernetesObject, signal: AbortSignal): Promise<void> {
      const workflow_id = metadata.labels?.[ownLabels.workflow];
      if (workflow_id === undefined) return;
      await learnLive(workflow_id, signal);
      await learnGiven(workflow_id);
    },

    /** Lines as they may be shown: masked as a whole, then cut where they are too long. */
    shown(lines: readonly Line[]): readonly Line[] {
      const hasSecret = mayHaveSecret(lines);
      return lines.map((line) => {
        const text = shownText(hasSecret ? mask.text(line.text) : line.text);
        return text === line.text ? line : { ...line, text };
      });
    },
  };
}

async function valuesIn(
  cluster: Pick<Cluster, "read">,
  metadata: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const secret = await cluster.read({ apiVersion: "v1", kind: "Secret", metadata }, { signal });
    const { data = {} } = (secret ?? {}) as { data?: Record<string, string> };
    return Object.values(data).map((value) => Buffer.from(value, "base64").toString("utf8"));
  } catch (error) {
    // Who may not see them cannot know them; and whoever wrote them here did not let this credential.
    if (isRefused(error)) return [];
    throw error;
  }
}

import { list, type Obj } from "./objects.ts";
import { requestOf } from "./quantities.ts";
import type { Store } from "./store.ts";

const root = "/apis/metrics.k8s.io/v1beta1";
const apiVersion = "metrics.k8s.io/v1beta1";

/** `metrics.k8s.io`: usage that follows what is asked for, a little up and down. */
export function metricsOf(store: Store, path: string): object | undefined {
  if (!path.startsWith(`${root}/`)) return undefined;
  const timestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const [, namespace = "", plural = "", name = ""] =
    /^(?:\/namespaces\/([^/]+))?\/(nodes|pods)(?:\/([^/]+))?$/.exec(path.slice(root.length)) ?? [];
  const isNodes = plural === "nodes";
  const resource = store.resourceOf("v1", isNodes ? "Node" : "Pod");
  if (!plural || !resource) return undefined;
  const items = store
    .all(resource, namespace)
    .filter(
      ({ metadata, status }) => (isNodes || status?.phase === "Running") && (!name || metadata.name === name),
    )
    .map((object) => (isNodes ? usageOfNode(object, timestamp) : usageOfPod(object, timestamp)));
  const kind = isNodes ? "NodeMetrics" : "PodMetrics";
  if (name) return items[0] && { kind, apiVersion, ...items[0] };
  return { kind: `${kind}List`, apiVersion, metadata: {}, items };
}

function usageOfNode({ metadata: { name } }: Obj, timestamp: string): object {
  const usage = {
    cpu: `${Math.round(300 * sway(name))}m`,
    memory: `${Math.round(1_200 * sway(`${name} memory`))}Mi`,
  };
  return { metadata: { name }, timestamp, window: "20s", usage };
}

function usageOfPod({ metadata: { name, namespace }, spec }: Obj, timestamp: string): object {
  const containers = list(spec?.containers).map((container) => ({
    name: container.name,
    usage: {
      cpu: `${Math.round(cpuOf({ containers: [container] }, name) * 1_000)}m`,
      memory: `${Math.round(24 * sway(`${name} memory`))}Mi`,
    },
  }));
  return { metadata: { name, namespace }, timestamp, window: "15s", containers };
}

/** Cores a pod uses: about a third of what it asked for. */
export function cpuOf(podSpec: unknown, name: string): number {
  return (requestOf(podSpec, "cpu") || 0.02) * 0.35 * sway(name);
}

/** Between 0.7 and 1.3, slowly up and down, out of step for different names. */
function sway(name: string): number {
  const phase = [...name].reduce((sum, char) => sum + char.charCodeAt(0), 0);
  return 1 + 0.3 * Math.sin(Date.now() / 30_000 + phase);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { at, list, type Obj, text } from "./objects.ts";
import { requestOf } from "./quotas.ts";
import type { Target } from "./serve.ts";
import { badRequest, notFound } from "./status.ts";
import type { Store } from "./store.ts";

const lineMs = 2_000;

/** Log lines that a container would have written since it was started, one every two seconds. */
export function logsOf(
  store: Store,
  { resource, namespace, name }: Target,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const pod = store.find(resource, namespace, name);
  if (!pod) throw notFound(resource, name);
  const container = query.get("container") ?? text(at(pod.spec, "containers", 0, "name"));
  const status = list(pod.status?.containerStatuses).find((each) => each.name === container);
  if (!status) throw badRequest(`container ${container} is not valid for pod ${name}`);
  const started = text(
    at(status, "state", "running", "startedAt") ??
      at(status, "state", "terminated", "startedAt") ??
      at(status, "lastState", "terminated", "startedAt"),
  );
  if (!started)
    throw badRequest(
      `container "${container}" in pod "${name}" is waiting to start: ${text(at(status, "state", "waiting", "reason"), "ContainerCreating")}`,
    );

  const line = (index: number) => {
    const time = new Date(Date.parse(started) + index * lineMs).toISOString();
    const stamp = query.get("timestamps") === "true" ? `${time} ` : "";
    return `${stamp}line ${index + 1} of ${container} in ${name} (simulated)\n`;
  };
  const written = () => Math.floor((Date.now() - Date.parse(started)) / lineMs) + 1;
  const tail = query.get("tailLines");
  let next = tail === null ? 0 : Math.max(0, written() - Number(tail));
  response.writeHead(200, { "content-type": "text/plain" });
  const catchUp = () => {
    for (; next < written(); next += 1) response.write(line(next));
  };
  catchUp();
  if (query.get("follow") !== "true") return void response.end();
  const timer = setInterval(catchUp, lineMs);
  timer.unref();
  const stop = () => clearInterval(timer);
  response.on("close", stop);
  request.on("aborted", stop);
}

/** `metrics.k8s.io`: usage that follows what is asked for, a little up and down. */
export function metricsOf(store: Store, path: string): object | undefined {
  const root = "/apis/metrics.k8s.io/v1beta1";
  if (!path.startsWith(root)) return undefined;
  const apiVersion = "metrics.k8s.io/v1beta1";
  const timestamp = new Date().toISOString();
  const pods = store.resourceOf("v1", "Pod");
  const nodes = store.resourceOf("v1", "Node");
  if (path === root)
    return {
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: apiVersion,
      resources: [
        { name: "nodes", singularName: "", namespaced: false, kind: "NodeMetrics", verbs: ["get", "list"] },
        { name: "pods", singularName: "", namespaced: true, kind: "PodMetrics", verbs: ["get", "list"] },
      ],
    };
  if (path === `${root}/nodes` && nodes) {
    const items = store
      .all(nodes)
      .map(({ metadata: { name } }) => ({
        metadata: { name },
        timestamp,
        window: "20s",
        usage: { cpu: `${Math.round(300 * sway(name))}m`, memory: "1200Mi" },
      }));
    return { kind: "NodeMetricsList", apiVersion, metadata: {}, items };
  }
  const [, namespace = ""] = /\/namespaces\/([^/]+)\/pods$/.exec(path) ?? [];
  if (pods && (path === `${root}/pods` || namespace)) {
    const items = store
      .all(pods, namespace)
      .filter(({ status }) => status?.phase === "Running")
      .map((pod) => usageOf(pod, timestamp));
    return { kind: "PodMetricsList", apiVersion, metadata: {}, items };
  }
  return undefined;
}

function usageOf({ metadata: { name, namespace }, spec }: Obj, timestamp: string): object {
  const containers = list(spec?.containers).map((container) => ({
    name: container.name,
    usage: { cpu: `${Math.round(cpuOf({ containers: [container] }, name) * 1_000)}m`, memory: "24Mi" },
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

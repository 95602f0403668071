import { listOf } from "../health/health.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { named, nameIn, picked } from "./picked.ts";

interface Container {
  name?: string;
  image?: string;
  command?: string[];
  args?: string[];
  ports?: unknown;
  resources?: { requests?: unknown; limits?: unknown };
}

interface State {
  waiting?: { reason?: string };
  terminated?: { reason?: string };
  running?: object;
}

interface ContainerStatus {
  name?: string;
  restartCount?: number;
  ready?: boolean;
  state?: State;
  lastState?: State;
}

/** A pod as lists show it. What its containers are told in their environment is nobody's business here. */
export function podSpec({ spec, status }: KubernetesObject): Record<string, unknown> {
  const statuses = new Map(
    listOf<ContainerStatus>(status?.containerStatuses).map((each) => [each.name, each]),
  );
  const containers = listOf<Container>(spec?.containers).map((container) =>
    containerOf(container, statuses.get(container.name)),
  );
  return { containers, ...picked(spec, ["nodeName"]), ...picked(status, ["podIP", "hostIP"]) };
}

function containerOf(container: Container, status: ContainerStatus = {}): Record<string, unknown> {
  const { name = "", image = "", resources } = container;
  const ports = listOf<object>(container.ports).map((port) =>
    picked(port, ["name", "containerPort", "protocol"]),
  );
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  return {
    ...{ name, image },
    ...picked(container, ["command", "args"]),
    ...(ports.length > 0 && { ports }),
    resources: {
      ...named("requestsCPU", nameIn(resources?.requests, "cpu")),
      ...named("requestsMemory", nameIn(resources?.requests, "memory")),
      ...named("limitsCPU", nameIn(resources?.limits, "cpu")),
      ...named("limitsMemory", nameIn(resources?.limits, "memory")),
    },
    restartCount: status.restartCount ?? 0,
    ready: status.ready ?? false,
    state: wordOf(status.state) ?? "waiting",
    ...named("lastState", wordOf(status.lastState)),
    ...named("terminationReason", ended?.reason),
  };
}

function wordOf({ running, waiting, terminated }: State = {}): string | undefined {
  if (running) return "running";
  if (waiting) return withReason("waiting", waiting.reason);
  return terminated && withReason("terminated", terminated.reason);
}

const withReason = (word: string, reason = "") => (reason ? `${word}: ${reason}` : word);

type Spec = Readonly<Record<string, unknown>>;
type Line = (spec: Spec) => Record<string, unknown>;

/** What a line of a list says of an object, by kind. */
const lines: ReadonlyMap<string, Line> = new Map<string, Line>([
  ["CronJob", ({ schedule, activeJobs }) => ({ schedule, active: activeJobs })],
  ["DaemonSet", daemons],
  ["Deployment", replicas],
  [
    "HorizontalPodAutoscaler",
    ({ scaleTargetRef, currentReplicas, minReplicas, maxReplicas }) => ({
      target: scaleTargetRef,
      replicas: currentReplicas,
      range: `${minReplicas ?? 1}-${maxReplicas}`,
    }),
  ],
  [
    "Ingress",
    (spec) => ({
      class: spec.ingressClass,
      hosts: texts(spec.ingressHosts).join(", "),
      rules: spec.ingressRules,
      paths: spec.ingressPaths,
      loadBalancerIP: spec.loadBalancerIP,
    }),
  ],
  ["Job", ({ jobSucceeded, completions }) => ({ completions: `${jobSucceeded}/${completions ?? 1}` })],
  ["Node", ({ nodeCapacity }) => capacity(nodeCapacity)],
  ["PersistentVolume", ({ capacity: size, claim }) => ({ capacity: size, claim })],
  ["PersistentVolumeClaim", ({ capacity: size, storageClass }) => ({ capacity: size, storageClass })],
  ["Pod", pod],
  ["ReplicaSet", replicas],
  [
    "Service",
    ({ serviceType, clusterIP, ports }) => ({
      type: serviceType,
      clusterIP,
      ports: Array.isArray(ports) ? ports.length : 0,
    }),
  ],
  ["StatefulSet", replicas],
]);

/** A line of a list: what matters of this kind, and how old the object is. */
export function summaryOf(
  { kind, created_at }: { kind: string; created_at: string },
  spec: Spec,
  now: Date,
): Record<string, string | number> {
  const told = Object.entries(lines.get(kind)?.(spec) ?? {});
  const shown = told.filter((entry): entry is [string, string | number] => {
    const [, value] = entry;
    return typeof value === "number" || (typeof value === "string" && value !== "");
  });
  return { age: ageOf(created_at, now), ...Object.fromEntries(shown) };
}

/** How long ago, in one unit: `5m`, `3h`, `2d`. */
function ageOf(at: string, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 1_000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

function replicas(spec: Spec) {
  return { replicas: `${spec.readyReplicas}/${spec.replicas}`, available: spec.availableReplicas };
}

function daemons({ numberReady, desiredNumberScheduled, numberAvailable }: Spec) {
  return { replicas: `${numberReady}/${desiredNumberScheduled}`, available: numberAvailable };
}

function pod({ containers, nodeName, podIP }: Spec) {
  const all = Array.isArray(containers) ? (containers as { restartCount?: number }[]) : [];
  const restarts = all.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
  return { containers: all.length, restarts, nodeName, podIP };
}

function capacity(of: unknown) {
  const { cpu, memory } = (of ?? {}) as { cpu?: unknown; memory?: unknown };
  return { cpu, memory };
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

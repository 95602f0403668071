/** One thing that is said of an object. */
export interface SpecRow {
  name: string;
  /** Several values stand one under another. */
  values: string[];
}

const names: Readonly<Record<string, string>> = {
  accessModes: "Access",
  activeJobs: "Active jobs",
  availableReplicas: "Available",
  backoffLimit: "Retries",
  capacity: "Capacity",
  claim: "Claim",
  clusterIP: "Cluster IP",
  completionTime: "Completed",
  concurrencyPolicy: "At the same time",
  containers: "Containers",
  externalIPs: "External IPs",
  images: "Images",
  ingressClass: "Class",
  ingressHosts: "Hosts",
  ingressPaths: "Paths",
  ingressRules: "Rules",
  jobActive: "Active",
  jobFailed: "Failed",
  jobSucceeded: "Succeeded",
  lastScheduleTime: "Last scheduled",
  lastSuccessfulTime: "Last success",
  loadBalancerIP: "Load balancer",
  nodeAllocated: "Allocatable",
  nodeCapacity: "Capacity",
  nodeName: "Node",
  podIP: "Pod IP",
  qosClass: "Quality of service",
  readyReplicas: "Ready",
  reclaimPolicy: "When released",
  serviceType: "Type",
  storageClass: "Storage class",
  updatedReplicas: "Up to date",
  volumeName: "Volume",
};

/** What is shown of an object, in words; what says nothing is left out. */
export function specRows(spec: Readonly<Record<string, unknown>> | null | undefined): SpecRow[] {
  return Object.entries(spec ?? {}).flatMap(([key, value]) => {
    const values = valuesOf(value);
    return values.length === 0
      ? []
      : [{ name: Object.hasOwn(names, key) ? (names[key] ?? key) : spaced(key), values }];
  });
}

/** `minReplicas` is "Min replicas". */
function spaced(key: string): string {
  const words = key.replace(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valuesOf(value: unknown): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.map(inline).filter((text) => text !== "");
  if (typeof value === "object") return Object.entries(value).map(([name, of]) => `${name}: ${inline(of)}`);
  return [inline(value)];
}

/** A value on one line. */
function inline(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(inline).join(", ");
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value).map(([name, of]) => [name, inline(of)] as const);
  return parts
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name} ${text}`)
    .join(" · ");
}

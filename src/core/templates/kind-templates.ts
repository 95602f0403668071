import type { Template } from "../../contract/templates.ts";

/** What is said of a kind beside its settings. */
interface KindTemplate
  extends Pick<Template, "category" | "description" | "icon" | "tags" | "usageFrequency" | "difficulty"> {
  kind: string;
  required: readonly string[];
  /** What a new node begins with, where the settings themselves say nothing or something else. */
  defaults: Readonly<Record<string, unknown>>;
  descriptions?: Readonly<Record<string, string>>;
}

const often = { usageFrequency: "high", difficulty: "easy" } as const;
const harder = { usageFrequency: "high", difficulty: "medium" } as const;
const namespace = "default";

const workloads: readonly KindTemplate[] = [
  {
    ...{ kind: "deployment", category: "core", icon: "Package", usageFrequency: "very-high" },
    difficulty: "easy",
    description:
      "Keeps copies of a program running that hold no data of their own, and replaces them in turn.",
    tags: ["workload", "containers", "scaling"],
    required: ["name", "image"],
    defaults: {
      name: "my-deployment",
      namespace,
      port: 8080,
      imagePullPolicy: "IfNotPresent",
      version: "v1",
    },
  },
  {
    ...{ kind: "statefulset", category: "core", icon: "Database" },
    ...harder,
    description:
      "Keeps copies of a program running that each have a name and data of their own, such as a database.",
    tags: ["stateful", "database", "persistence", "storage"],
    required: ["name", "image"],
    defaults: { name: "my-statefulset", namespace, image: "postgres:15", port: 5432, version: "v1" },
  },
  {
    ...{ kind: "job", category: "core", icon: "PlayCircle" },
    ...often,
    description: "Runs a program until it is done, once: a migration, an import, a clean-up.",
    tags: ["batch", "migration", "one-time"],
    required: ["name", "image"],
    defaults: { name: "my-job", namespace, restartPolicy: "Never", backoffLimit: 6 },
  },
  {
    ...{ kind: "cronjob", category: "core", icon: "Clock" },
    ...often,
    description: "Runs a program until it is done, again and again by the clock.",
    tags: ["scheduled", "cron", "batch"],
    required: ["name", "schedule", "image"],
    defaults: { name: "my-cronjob", namespace, schedule: "0 * * * *", restartPolicy: "OnFailure" },
  },
  {
    ...{ kind: "daemonset", category: "core", icon: "Layers", usageFrequency: "medium" },
    difficulty: "medium",
    description: "Runs one copy of a program on every machine of the cluster, such as a collector of logs.",
    tags: ["daemon", "node", "monitoring", "logging"],
    required: ["name", "image"],
    defaults: { name: "my-daemonset", namespace, hostNetwork: false, hostPID: false },
  },
];

const networking: readonly KindTemplate[] = [
  {
    ...{ kind: "service", category: "core", icon: "Network" },
    ...often,
    description: "Gives the copies of a workload one name and one address inside the cluster.",
    tags: ["networking", "load-balancer", "service-discovery"],
    required: ["name", "port"],
    defaults: { name: "my-service", namespace, type: "ClusterIP", port: 80, targetPort: 8080 },
  },
  {
    ...{ kind: "ingress", category: "networking", icon: "Globe" },
    ...harder,
    description: "Lets the outside in: a host name and paths, and the service behind each.",
    tags: ["networking", "routing", "http", "https", "load-balancer"],
    required: ["name", "path"],
    defaults: {
      name: "my-ingress",
      namespace,
      ingressClassName: "nginx",
      servicePort: 80,
      tlsEnabled: false,
    },
  },
];

const configuration: readonly KindTemplate[] = [
  {
    ...{ kind: "configmap", category: "configuration", icon: "FileSliders" },
    ...often,
    description: "Settings that anybody may read, given to programs as variables or as files.",
    tags: ["configuration", "config", "environment"],
    required: ["name"],
    defaults: { name: "my-configmap", namespace, mountPath: "/etc/config" },
  },
  {
    ...{ kind: "secret", category: "configuration", icon: "Lock" },
    ...often,
    description: "Passwords and keys. The drawing holds their names; values are given when it is deployed.",
    tags: ["configuration", "secret", "security"],
    required: ["name"],
    defaults: { name: "my-secret", namespace, secretType: "Opaque", mountPath: "/etc/secrets" },
  },
  {
    ...{ kind: "persistentvolumeclaim", category: "storage", icon: "HardDrive" },
    ...often,
    description: "Room for data that outlives the programs that write it.",
    tags: ["storage", "persistence", "volumes"],
    required: ["name", "storage", "accessModes"],
    defaults: { name: "my-pvc", namespace, volumeMode: "Filesystem" },
  },
];

const besides: readonly KindTemplate[] = [
  {
    ...{ kind: "hpa", category: "core", icon: "TrendingUp" },
    ...harder,
    description: "Adds and removes copies of a workload as it has more or less to do.",
    tags: ["autoscaling", "scaling", "metrics"],
    required: ["name", "maxReplicas"],
    defaults: {
      ...{ name: "my-hpa", namespace, scaleTargetKind: "Deployment", maxReplicas: 10 },
      ...{ targetCPUUtilization: 80, scaleDownStabilization: 300, scaleUpStabilization: 0 },
    },
  },
  {
    ...{ kind: "networkpolicy", category: "core", icon: "Shield" },
    ...{ usageFrequency: "medium", difficulty: "hard" },
    description: "Says who may talk to a workload, and whom it may talk to; all others are kept out.",
    tags: ["security", "network", "firewall", "isolation"],
    required: ["name", "policyTypes"],
    defaults: { name: "my-network-policy", namespace, policyTypes: ["Ingress"] },
  },
  {
    ...{ kind: "object", category: "core", icon: "Braces", usageFrequency: "low", difficulty: "hard" },
    description: "Any other Kubernetes object, written as it is.",
    tags: ["custom", "manifest", "yaml"],
    required: ["manifest"],
    defaults: {},
  },
];

const order = [
  "deployment",
  "service",
  "ingress",
  "configmap",
  "secret",
  "persistentvolumeclaim",
  "statefulset",
];
const all = [...workloads, ...networking, ...configuration, ...besides];

/** Those that are needed most come first. */
export const kindTemplates: readonly KindTemplate[] = [
  ...order.flatMap((kind) => all.filter((each) => each.kind === kind)),
  ...all.filter(({ kind }) => !order.includes(kind)),
];

/** What each kind of node is called, in the order in which they are offered; known without the rest of a kind. */
export const kindTitles = {
  deployment: "Deployment",
  service: "Service",
  ingress: "Ingress",
  configmap: "ConfigMap",
  secret: "Secret",
  persistentvolumeclaim: "PersistentVolumeClaim",
  statefulset: "StatefulSet",
  job: "Job",
  cronjob: "CronJob",
  daemonset: "DaemonSet",
  hpa: "HorizontalPodAutoscaler",
  networkpolicy: "NetworkPolicy",
  object: "Object",
} as const;

const titles: Readonly<Record<string, string>> = kindTitles;

/** The title of a kind, or none for a kind that nobody knows. */
export const kindTitle = (kind: string): string | undefined =>
  Object.hasOwn(titles, kind) ? titles[kind] : undefined;

import { isMap, type JsonMap, list, map, type Obj, text } from "./objects.ts";

/** Fills a field in where nothing is said. */
function fill(target: JsonMap, values: JsonMap): JsonMap {
  for (const [key, value] of Object.entries(values)) target[key] ??= value;
  return target;
}

/** What the API server adds to what was sent, so that what is stored says everything. */
export function setDefaults(object: Obj): void {
  const make = Object.hasOwn(byKind, object.kind) ? byKind[object.kind] : undefined;
  if (make) {
    object.spec ??= {};
    make(object.spec, object);
  }
  if (object.kind === "Secret") object.type ||= "Opaque";
}

const byKind: Readonly<Record<string, (spec: JsonMap, object: Obj) => void>> = {
  Pod(spec, object) {
    podDefaults(spec);
    fill(spec, { enableServiceLinks: true, preemptionPolicy: "PreemptLowerPriority", priority: 0 });
    const account = text(spec.serviceAccountName) || "default";
    Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
    object.status ??= { phase: "Pending", qosClass: qosOf(spec) };
  },
  Deployment(spec) {
    fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} });
    const strategy = fill(map(spec.strategy), { type: "RollingUpdate" });
    if (strategy.type === "RollingUpdate")
      strategy.rollingUpdate = fill(map(strategy.rollingUpdate), { maxSurge: "25%", maxUnavailable: "25%" });
    templateDefaults(spec);
  },
  ReplicaSet(spec) {
    fill(spec, { replicas: 1 });
    templateDefaults(spec);
  },
  StatefulSet(spec) {
    fill(spec, {
      replicas: 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: "OrderedReady",
      updateStrategy: {},
    });
    fill(spec, { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" } });
    const strategy = fill(map(spec.updateStrategy), { type: "RollingUpdate" });
    if (strategy.type === "RollingUpdate")
      strategy.rollingUpdate = fill(map(strategy.rollingUpdate), { partition: 0 });
    for (const claim of list(spec.volumeClaimTemplates)) {
      fill(claim, { apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase: "Pending" } });
      fill(map(claim.spec), { volumeMode: "Filesystem" });
    }
    templateDefaults(spec);
  },
  DaemonSet(spec) {
    fill(spec, { revisionHistoryLimit: 10, updateStrategy: {} });
    const strategy = fill(map(spec.updateStrategy), { type: "RollingUpdate" });
    if (strategy.type === "RollingUpdate")
      strategy.rollingUpdate = fill(map(strategy.rollingUpdate), { maxSurge: 0, maxUnavailable: 1 });
    templateDefaults(spec);
  },
  Job: (spec, object) => jobDefaults(spec, object),
  CronJob(spec) {
    fill(spec, {
      concurrencyPolicy: "Allow",
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    templateDefaults(map(map(spec.jobTemplate).spec));
  },
  Service: serviceDefaults,
  PersistentVolumeClaim(spec, object) {
    fill(spec, { volumeMode: "Filesystem" });
    object.status ??= { phase: "Pending" };
    // Taken away once no pod uses the claim any more.
    if (!object.metadata.resourceVersion) object.metadata.finalizers ??= ["kubernetes.io/pvc-protection"];
  },
  HorizontalPodAutoscaler(spec) {
    const cpu = { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } };
    fill(spec, { minReplicas: 1, metrics: [{ type: "Resource", resource: cpu }] });
  },
  Ingress(_, object) {
    object.status ??= { loadBalancer: {} };
  },
  NetworkPolicy(spec) {
    fill(spec, {
      policyTypes: spec.egress === undefined ? ["Ingress"] : ["Ingress", "Egress"],
      podSelector: {},
    });
    for (const rule of [...list(spec.ingress), ...list(spec.egress)])
      for (const port of list(rule.ports)) fill(port, { protocol: "TCP" });
  },
  Namespace(spec, object) {
    fill(spec, { finalizers: ["kubernetes"] });
    object.metadata.labels = {
      ...object.metadata.labels,
      "kubernetes.io/metadata.name": object.metadata.name,
    };
    object.status ??= { phase: "Active" };
  },
};

function serviceDefaults(spec: JsonMap, object: Obj): void {
  fill(spec, { type: "ClusterIP", sessionAffinity: "None" });
  for (const port of list(spec.ports)) {
    // Neither nothing nor zero is a port to send to.
    if (port.targetPort === 0 || port.targetPort === "") delete port.targetPort;
    fill(port, { protocol: "TCP", targetPort: port.port ?? 0 });
  }
  object.status ??= { loadBalancer: {} };
  if (spec.type === "ExternalName") return;
  fill(spec, { internalTrafficPolicy: "Cluster", ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" });
  if (spec.type !== "ClusterIP") fill(spec, { externalTrafficPolicy: "Cluster" });
  if (spec.type === "LoadBalancer") fill(spec, { allocateLoadBalancerNodePorts: true });
}

function qosOf(spec: JsonMap): string {
  const containers = list(spec.containers).map(({ resources }) => map(resources));
  const asks = (of: unknown) => Object.keys(map(of)).some((name) => name === "cpu" || name === "memory");
  if (!containers.some(({ limits, requests }) => asks(limits) || asks(requests))) return "BestEffort";
  const isFixed = ({ limits, requests }: JsonMap) =>
    ["cpu", "memory"].every(
      (name) => map(limits)[name] !== undefined && map(limits)[name] === map(requests)[name],
    );
  return containers.every(isFixed) ? "Guaranteed" : "Burstable";
}

function jobDefaults(spec: JsonMap, { metadata }: Obj): void {
  fill(spec, { backoffLimit: 6, completionMode: "NonIndexed", suspend: false, manualSelector: false });
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  fill(spec, { parallelism: 1, podReplacementPolicy: "TerminatingOrFailed" });
  const own = { "batch.kubernetes.io/controller-uid": metadata.uid, "controller-uid": metadata.uid };
  spec.selector ??= { matchLabels: { "batch.kubernetes.io/controller-uid": metadata.uid } };
  const template = map(spec.template);
  template.metadata ??= {};
  const inner = map(template.metadata);
  inner.labels = {
    "batch.kubernetes.io/job-name": metadata.name,
    "job-name": metadata.name,
    ...own,
    ...map(inner.labels),
  };
  const { labels } = metadata;
  metadata.labels = { ...(inner.labels as Record<string, string>), ...labels };
  templateDefaults(spec);
}

function templateDefaults(spec: JsonMap): void {
  const template = map(spec.template);
  if (isMap(template.spec)) podDefaults(template.spec);
}

function podDefaults(spec: JsonMap): void {
  fill(spec, { restartPolicy: "Always", terminationGracePeriodSeconds: 30, dnsPolicy: "ClusterFirst" });
  fill(spec, { securityContext: {}, schedulerName: "default-scheduler" });
  for (const container of [...list(spec.initContainers), ...list(spec.containers)])
    containerDefaults(container);
  for (const volume of list(spec.volumes)) {
    for (const source of ["configMap", "secret"])
      if (isMap(volume[source])) fill(map(volume[source]), { defaultMode: 420 });
    if (isMap(volume.hostPath)) fill(map(volume.hostPath), { type: "" });
  }
}

function containerDefaults(container: JsonMap): void {
  const image = text(container.image);
  const isLatest = !image.includes("@") && (!/:[^/]+$/.test(image) || image.endsWith(":latest"));
  fill(container, {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    resources: {},
  });
  fill(container, { imagePullPolicy: isLatest ? "Always" : "IfNotPresent" });
  for (const port of list(container.ports)) fill(port, { protocol: "TCP" });
  for (const variable of list(container.env)) {
    const field = map(map(variable.valueFrom).fieldRef);
    if (Object.keys(field).length > 0) fill(field, { apiVersion: "v1" });
  }
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    const given = container[probe];
    if (!isMap(given)) continue;
    fill(given, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    if (isMap(given.httpGet)) fill(given.httpGet, { scheme: "HTTP", path: "/" });
  }
  const resources = map(container.resources);
  if (isMap(resources.limits)) resources.requests = { ...resources.limits, ...map(resources.requests) };
}

import { isMap, type Json, type JsonMap } from "./objects.ts";

/** Fields of a kind: names, and what is below them. `*` is anything; an empty shape, a value. */
interface Shape {
  [field: string]: Shape | "*" | "int" | "bool" | "text";
}

function shape(...lines: (string | Shape)[]): Shape {
  const fields: Shape = {};
  for (const line of lines) {
    if (typeof line !== "string") Object.assign(fields, line);
    else
      for (const word of line.split(" ")) {
        const [name = "", type = "*"] = word.split(":");
        fields[name] = type as "*";
      }
  }
  return fields;
}

const metadata = shape(
  "name:text generateName:text namespace:text uid resourceVersion generation creationTimestamp deletionTimestamp",
  "deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields selfLink",
);
const probe = shape(
  "exec httpGet tcpSocket grpc initialDelaySeconds:int periodSeconds:int timeoutSeconds:int successThreshold:int",
  "failureThreshold:int terminationGracePeriodSeconds:int",
);
const container = shape(
  "name:text image:text command args workingDir:text envFrom volumeDevices lifecycle terminationMessagePath:text",
  "terminationMessagePolicy:text imagePullPolicy:text securityContext stdin:bool stdinOnce:bool tty:bool restartPolicy:text resizePolicy",
  {
    ports: shape("name:text containerPort:int hostPort:int hostIP:text protocol:text"),
    env: shape("name:text value:text", {
      valueFrom: shape("configMapKeyRef secretKeyRef fieldRef resourceFieldRef fileKeyRef"),
    }),
    resources: shape("limits requests claims"),
    volumeMounts: shape(
      "name:text mountPath:text subPath:text subPathExpr:text readOnly:bool mountPropagation:text recursiveReadOnly:text",
    ),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
  },
);
const podSpec = shape(
  "restartPolicy:text terminationGracePeriodSeconds:int activeDeadlineSeconds:int dnsPolicy:text nodeSelector serviceAccountName:text",
  "serviceAccount:text automountServiceAccountToken:bool nodeName:text hostNetwork:bool hostPID:bool hostIPC:bool hostUsers:bool",
  "shareProcessNamespace:bool securityContext imagePullSecrets hostname:text subdomain:text affinity schedulerName:text tolerations",
  "hostAliases priorityClassName:text priority:int dnsConfig readinessGates runtimeClassName:text enableServiceLinks:bool preemptionPolicy:text",
  "overhead topologySpreadConstraints setHostnameAsFQDN:bool os schedulingGates resourceClaims resources ephemeralContainers",
  {
    containers: container,
    initContainers: container,
    volumes: shape(
      "name:text configMap secret emptyDir hostPath persistentVolumeClaim projected downwardAPI csi nfs ephemeral iscsi image",
      "awsElasticBlockStore gcePersistentDisk azureDisk azureFile cephfs cinder fc flexVolume flocker gitRepo glusterfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume",
    ),
  },
);
const template = shape({ metadata, spec: podSpec });
const claimSpec = shape(
  "accessModes resources storageClassName:text volumeMode:text volumeName:text selector dataSource dataSourceRef volumeAttributesClassName:text",
);
const jobSpec = shape(
  "parallelism:int completions:int activeDeadlineSeconds:int backoffLimit:int backoffLimitPerIndex:int maxFailedIndexes:int selector",
  "manualSelector:bool ttlSecondsAfterFinished:int completionMode:text suspend:bool podFailurePolicy podReplacementPolicy:text",
  "successPolicy managedBy:text",
  { template },
);

const kinds: Readonly<Record<string, Shape>> = {
  Pod: shape({ spec: podSpec }),
  Deployment: shape({
    spec: shape(
      "replicas:int selector minReadySeconds:int revisionHistoryLimit:int paused:bool progressDeadlineSeconds:int",
      { template, strategy: shape("type:text rollingUpdate") },
    ),
  }),
  ReplicaSet: shape({ spec: shape("replicas:int selector minReadySeconds:int", { template }) }),
  StatefulSet: shape({
    spec: shape(
      "replicas:int selector serviceName:text podManagementPolicy:text revisionHistoryLimit:int minReadySeconds:int",
      "persistentVolumeClaimRetentionPolicy ordinals",
      {
        template,
        updateStrategy: shape("type:text rollingUpdate"),
        volumeClaimTemplates: shape("apiVersion kind status", { metadata, spec: claimSpec }),
      },
    ),
  }),
  DaemonSet: shape({
    spec: shape("selector minReadySeconds:int revisionHistoryLimit:int", {
      template,
      updateStrategy: shape("type:text rollingUpdate"),
    }),
  }),
  Job: shape({ spec: jobSpec }),
  CronJob: shape({
    spec: shape(
      "schedule:text timeZone:text startingDeadlineSeconds:int concurrencyPolicy:text suspend:bool",
      "successfulJobsHistoryLimit:int failedJobsHistoryLimit:int",
      { jobTemplate: shape({ metadata, spec: jobSpec }) },
    ),
  }),
  Service: shape({
    spec: shape(
      "type:text selector clusterIP:text clusterIPs externalIPs sessionAffinity:text sessionAffinityConfig loadBalancerIP:text",
      "loadBalancerSourceRanges loadBalancerClass:text externalName:text externalTrafficPolicy:text internalTrafficPolicy:text",
      "healthCheckNodePort:int publishNotReadyAddresses:bool ipFamilies ipFamilyPolicy:text allocateLoadBalancerNodePorts:bool trafficDistribution:text",
      { ports: shape("name:text protocol:text port:int targetPort nodePort:int appProtocol:text") },
    ),
  }),
  Ingress: shape({
    spec: shape("ingressClassName:text defaultBackend", {
      tls: shape("hosts secretName:text"),
      rules: shape("host:text", {
        http: shape({ paths: shape("path:text pathType:text", { backend: shape("service resource") }) }),
      }),
    }),
  }),
  ConfigMap: shape("data binaryData immutable:bool"),
  Secret: shape("data stringData type:text immutable:bool"),
  PersistentVolumeClaim: shape({ spec: claimSpec }),
  HorizontalPodAutoscaler: shape({
    spec: shape("scaleTargetRef minReplicas:int maxReplicas:int metrics behavior"),
  }),
  NetworkPolicy: shape({
    spec: shape("podSelector policyTypes", {
      ingress: shape({
        from: shape("podSelector namespaceSelector ipBlock"),
        ports: shape("protocol:text port endPort:int"),
      }),
      egress: shape({
        to: shape("podSelector namespaceSelector ipBlock"),
        ports: shape("protocol:text port endPort:int"),
      }),
    }),
  }),
  Namespace: shape({ spec: shape("finalizers") }),
  ServiceAccount: shape("secrets imagePullSecrets automountServiceAccountToken:bool"),
};

const common = shape("apiVersion kind status", { metadata });

export interface Strangeness {
  /** `unknown field "spec.foo"` */
  unknown: string[];
  /** What is of another type than it should be. */
  wrong: string[];
}

/** What a kind's schema does not know, or knows otherwise. Kinds without one here are taken as they are. */
export function strangenessOf(object: JsonMap): Strangeness {
  const found: Strangeness = { unknown: [], wrong: [] };
  const kind = Object.hasOwn(kinds, String(object.kind)) ? kinds[String(object.kind)] : undefined;
  if (kind) look(object, { ...common, ...kind }, "", found);
  return found;
}

function look(value: Json, known: Shape, path: string, found: Strangeness): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) look(item, known, `${path}[${index}]`, found);
    return;
  }
  if (!isMap(value)) {
    if (value !== null) found.wrong.push(`${path}: expected object, got ${nameOf(value)}`);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    const below = Object.hasOwn(known, key) ? known[key] : undefined;
    if (below === undefined) found.unknown.push(`unknown field "${at}"`);
    else if (inner === null || inner === undefined || below === "*") continue;
    else if (typeof below === "string") lookAtValue(inner, below, at, found);
    else look(inner, below, at, found);
  }
}

function lookAtValue(value: Json, type: "int" | "bool" | "text", path: string, found: Strangeness): void {
  const isRight =
    type === "int"
      ? Number.isInteger(value)
      : type === "bool"
        ? typeof value === "boolean"
        : typeof value === "string";
  const wanted = { int: "numeric (int or float)", bool: "boolean", text: "string" }[type];
  if (!isRight) found.wrong.push(`.${path}: expected ${wanted}, got ${nameOf(value)}`);
}

function nameOf(value: Json): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value === "object" ? "map" : typeof value;
}

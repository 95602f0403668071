import fc from "fast-check";
import { common, labels, scalar } from "./arbitrary-values.ts";

type Shape = Record<string, fc.Arbitrary<unknown>>;

const port = fc.integer({ min: 1, max: 65_535 });
const variable = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
const reference = fc.record({ name: fc.constantFrom("settings", "keys"), key: fc.constantFrom("a", "b.c") });
const fromKey = fc.oneof(
  reference.map((configMapKeyRef) => ({ valueFrom: { configMapKeyRef } })),
  reference.map((secretKeyRef) => ({ valueFrom: { secretKeyRef } })),
);
const env = fc.dictionary(variable, fc.oneof(scalar, fromKey), { maxKeys: 4 });

const timing = {
  initialDelaySeconds: fc.nat({ max: 60 }),
  periodSeconds: fc.integer({ min: 1, max: 60 }),
  failureThreshold: fc.integer({ min: 1, max: 10 }),
};
const probe = fc.oneof(
  fc.record({ path: fc.constantFrom("/", "/health"), ...timing }, { requiredKeys: ["path"] }),
  fc.record({ tcpSocket: fc.record({ port }), ...timing }, { requiredKeys: ["tcpSocket"] }),
  fc.record({ exec: fc.constant({ command: ["true"] }), ...timing }, { requiredKeys: ["exec"] }),
  fc.record({ grpc: fc.record({ port }), ...timing }, { requiredKeys: ["grpc"] }),
);

const resources = fc.record(
  {
    requests: fc.dictionary(fc.constantFrom("cpu", "memory"), fc.constantFrom("1m", 0, "0.5", "1e3"), {
      maxKeys: 2,
    }),
    limits: fc.dictionary(fc.constantFrom("cpu", "memory"), fc.constantFrom("1Mi", 4_000_000, "1.5G"), {
      maxKeys: 2,
    }),
  },
  { requiredKeys: [] },
);

const container = {
  command: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }),
  args: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }),
  env,
  resources,
  imagePullPolicy: fc.constantFrom("Always", "IfNotPresent", "Never"),
};

const side = fc.record(
  { name: fc.constantFrom("one", "two"), image: fc.constant("busybox:1"), ...container },
  {
    requiredKeys: ["name", "image"],
  },
);
const sides = fc.uniqueArray(side, { maxLength: 2, selector: ({ name }) => name });

const mount = fc.oneof(
  fc.record({ type: fc.constant("emptyDir"), name: fc.constantFrom("tmp", "work") }),
  fc.record({
    type: fc.constantFrom("configMap", "secret", "persistentVolumeClaim"),
    name: fc.constant("some.thing"),
  }),
  fc.record({ type: fc.constant("hostPath"), name: fc.constant("host"), hostPath: fc.constant("/var/log") }),
);
const volumeMounts = fc
  .array(mount, { maxLength: 3 })
  .map((mounts) => mounts.map((each, index) => ({ ...each, mountPath: `/mnt/${index}` })));

const toleration = fc.oneof(
  fc.record({
    key: fc.constant("dedicated"),
    operator: fc.constant("Exists"),
    effect: fc.constant("NoSchedule"),
  }),
  fc.record({
    key: fc.constant("dedicated"),
    value: fc.constantFrom("a", true, 1),
    effect: fc.constant("NoSchedule"),
  }),
);

const anyWorkload = {
  ...common,
  ...container,
  podLabels: labels,
  version: fc.constantFrom("v1", "2.0"),
  envKeys: fc.array(fc.record({ name: variable }), { maxLength: 2 }),
  envFrom: fc.array(fc.record({ type: fc.constantFrom("configMap", "secret"), name: fc.constant("keys") }), {
    maxLength: 2,
  }),
  volumeMounts,
  initContainers: sides,
  securityContext: fc.constantFrom(
    { runAsUser: 0 },
    { privileged: false, fsGroup: 1 },
    { capabilities: ["NET_ADMIN"] },
  ),
  nodeSelector: labels,
  tolerations: fc.array(toleration, { maxLength: 2 }),
  imagePullSecrets: fc.constantFrom(["pull"], [{ name: "pull" }]),
  serviceAccountName: fc.constant("default"),
  terminationGracePeriodSeconds: fc.nat({ max: 60 }),
};

const serving = {
  port,
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
};
const replicas = fc.nat({ max: 5 });
const job = {
  completions: fc.integer({ min: 1, max: 3 }),
  parallelism: fc.integer({ min: 1, max: 3 }),
  backoffLimit: fc.nat({ max: 3 }),
  activeDeadlineSeconds: fc.integer({ min: 1, max: 600 }),
  ttlSecondsAfterFinished: fc.nat({ max: 600 }),
  restartPolicy: fc.constantFrom("Never", "OnFailure"),
};
const claims = fc
  .uniqueArray(
    fc.record(
      {
        name: fc.constantFrom("data", "wal"),
        storage: fc.constantFrom("1Gi", "64Mi"),
        mountPath: fc.constant("/own"),
      },
      { requiredKeys: ["name"] },
    ),
    { maxLength: 2, selector: ({ name }) => name },
  )
  .map((list) =>
    list.map(({ mountPath, ...each }, index) => (index === 0 && mountPath ? { ...each, mountPath } : each)),
  );

const ownShapes: Readonly<Record<string, Shape>> = {
  deployment: {
    ...serving,
    replicas,
    strategy: fc.constantFrom({ maxSurge: 1, maxUnavailable: 0 }, { type: "Recreate" }),
    minReadySeconds: fc.nat({ max: 10 }),
    revisionHistoryLimit: fc.nat({ max: 3 }),
  },
  statefulset: {
    ...serving,
    replicas,
    volumeClaimTemplates: claims,
    podManagementPolicy: fc.constantFrom("OrderedReady", "Parallel"),
    updateStrategy: fc.constantFrom("OnDelete", { type: "RollingUpdate" }),
  },
  daemonset: {
    ...serving,
    updateStrategy: fc.constantFrom("RollingUpdate", "OnDelete"),
    maxUnavailable: fc.constantFrom(1, "2", "10%"),
    hostPID: fc.boolean(),
  },
  job,
  cronjob: {
    ...job,
    schedule: fc.constantFrom("0 * * * *", "@daily", "*/5 1-3 * jan mon"),
    concurrencyPolicy: fc.constantFrom("Allow", "Forbid", "Replace"),
    suspend: fc.boolean(),
    successfulJobsHistoryLimit: fc.nat({ max: 3 }),
    failedJobsHistoryLimit: fc.nat({ max: 3 }),
    startingDeadlineSeconds: fc.nat({ max: 600 }),
  },
};

/** Settings of a workload of some kind, with any of what it may be told. */
export function workload(kind: string): fc.Arbitrary<Record<string, unknown>> {
  const own = ownShapes[kind] ?? {};
  const image = fc.constantFrom("nginx:1", "registry.example:5000/a/b@sha256:0123", "postgres:17");
  const shape: Shape = { ...anyWorkload, ...own, image };
  const requiredKeys = ["image", ...(own.schedule ? ["schedule"] : []), ...(own.port ? ["port"] : [])];
  return fc.record(shape, { requiredKeys });
}

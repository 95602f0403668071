import fc from "fast-check";
import type { Design, DesignEdge, DesignNode } from "../../src/contract/design.ts";

const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const image = fc.constantFrom(
  "busybox:1.37",
  "nginx:1.29",
  "registry.example.com/team/app@sha256:abc",
  "a/b:c",
);
const port = fc.integer({ min: 1, max: 65_535 });
const quantity = fc.constantFrom("100m", "1", "0.5", "128Mi", "1Gi", "1e3", "64M");
const labels = fc.dictionary(word, fc.stringMatching(/^[A-Za-z0-9]{0,12}$/), { maxKeys: 3 });
const text = fc.string({ maxLength: 30, unit: "grapheme" });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const env = fc.dictionary(
  fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/),
  fc.oneof(text, fc.integer(), fc.boolean(), fc.constantFrom("0", "007", "yes", "null")),
  { maxKeys: 4 },
);
const probe = fc.oneof(
  fc.record({ path: fc.constant("/health"), periodSeconds: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ tcpSocket: fc.record({ port }) }),
  fc.record({ exec: fc.record({ command: fc.array(text, { minLength: 1, maxLength: 3 }) }) }),
);
const toleration = fc.record({
  key: word,
  operator: fc.constantFrom("Exists"),
  effect: fc.constantFrom("NoSchedule", "NoExecute"),
});

/** What any workload may say, each part or not. */
const workload = {
  image,
  port: maybe(port),
  env: maybe(env),
  labels: maybe(labels),
  command: maybe(fc.array(text, { minLength: 1, maxLength: 3 })),
  args: maybe(fc.array(text, { maxLength: 3 })),
  resources: maybe(
    fc.record({
      requests: fc.record({ cpu: fc.constantFrom("10m", "100m"), memory: fc.constantFrom("16Mi", "64Mi") }),
    }),
  ),
  livenessProbe: maybe(probe),
  readinessProbe: maybe(probe),
  nodeSelector: maybe(labels),
  tolerations: maybe(fc.array(toleration, { maxLength: 2 })),
  serviceAccountName: maybe(word),
  securityContext: maybe(
    fc.record({
      runAsUser: fc.integer({ min: 1, max: 60_000 }),
      allowPrivilegeEscalation: fc.constant(false),
    }),
  ),
  terminationGracePeriodSeconds: maybe(fc.integer({ min: 0, max: 120 })),
};
const jobs = {
  ...workload,
  backoffLimit: maybe(fc.integer({ min: 0, max: 6 })),
  activeDeadlineSeconds: maybe(fc.integer({ min: 1, max: 3_600 })),
  restartPolicy: maybe(fc.constantFrom("Never", "OnFailure")),
  parallelism: maybe(fc.integer({ min: 1, max: 3 })),
};

const settings: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  deployment: fc.record({
    ...workload,
    replicas: maybe(fc.integer({ min: 0, max: 5 })),
    strategy: maybe(fc.constant({ maxSurge: 1, maxUnavailable: 0 })),
  }),
  statefulset: fc.record({
    ...workload,
    replicas: maybe(fc.integer({ min: 0, max: 3 })),
    volumeClaimTemplates: maybe(
      fc.array(fc.record({ name: word, storage: fc.constantFrom("1Gi", "64Mi") }), { maxLength: 1 }),
    ),
  }),
  daemonset: fc.record({
    ...workload,
    updateStrategy: maybe(fc.constantFrom("RollingUpdate", "OnDelete")),
    maxUnavailable: maybe(fc.constantFrom(1, "10%")),
  }),
  job: fc.record({
    ...jobs,
    completions: maybe(fc.integer({ min: 1, max: 3 })),
    ttlSecondsAfterFinished: maybe(fc.integer({ min: 0, max: 60 })),
  }),
  cronjob: fc.record({
    ...jobs,
    schedule: fc.constantFrom("0 * * * *", "*/5 1-3 * jan,feb mon", "@hourly", "59 23 31 12 0"),
    suspend: maybe(fc.boolean()),
    concurrencyPolicy: maybe(fc.constantFrom("Allow", "Forbid", "Replace")),
    successfulJobsHistoryLimit: maybe(fc.integer({ min: 0, max: 3 })),
  }),
  service: fc.record({
    serviceType: maybe(fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer")),
    port,
    targetApp: maybe(word),
    sessionAffinity: maybe(fc.constantFrom("None", "ClientIP")),
  }),
  ingress: fc.record({
    host: maybe(fc.constantFrom("shop.example.com", "*.example.com")),
    paths: fc.constant([{ id: "p", path: "/", pathType: "Prefix" }]),
    tlsEnabled: maybe(fc.boolean()),
  }),
  configmap: fc.record({
    data: fc.dictionary(fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/), text, { maxKeys: 4 }),
    immutable: maybe(fc.boolean()),
  }),
  secret: fc.record({ keys: fc.constant([]) }),
  persistentvolumeclaim: fc.record({
    storage: quantity,
    accessModes: maybe(fc.constant(["ReadWriteOnce"])),
    volumeMode: maybe(fc.constantFrom("Filesystem", "Block")),
  }),
  hpa: fc.record({
    minReplicas: fc.integer({ min: 1, max: 3 }),
    maxReplicas: fc.integer({ min: 2, max: 9 }),
    targetCPUUtilization: fc.integer({ min: 1, max: 100 }),
    scaleDownStabilization: maybe(fc.integer({ min: 0, max: 600 })),
  }),
  networkpolicy: fc.record({
    policyTypes: fc.constantFrom(["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    podSelector: maybe(labels),
    ingressRules: maybe(
      fc.constant([
        {
          id: "r",
          from: [{ type: "ipBlock", ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }],
          ports: [{ port: 80 }],
        },
      ]),
    ),
  }),
};

const node = fc
  .constantFrom(...Object.keys(settings))
  .chain((type) => fc.tuple(fc.constant(type), settings[type] ?? fc.constant({})));

/** Designs of all twelve kinds, mostly right, joined at random. */
export function arbitraryDesign(): fc.Arbitrary<Design> {
  return fc
    .tuple(
      fc.array(node, { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 6 }),
    )
    .map(([drawn, pairs]) => {
      const nodes = drawn.map(([type, data], index): DesignNode => {
        const said = Object.entries({ name: `n${index}-${type.slice(0, 8)}`, ...data }).filter(
          ([, value]) => value !== undefined,
        );
        return { id: `n${index}`, type, position: { x: 0, y: 0 }, data: Object.fromEntries(said) };
      });
      const edges = pairs
        .filter(([a, b]) => a !== b && a < nodes.length && b < nodes.length)
        .map(([a, b], index): DesignEdge => ({ id: `e${index}`, source: `n${a}`, target: `n${b}` }));
      return { nodes, edges };
    });
}

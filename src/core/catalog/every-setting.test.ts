import { expect, test } from "vitest";
import { nodeOf, objectOf } from "../../../test/support/compile-one.ts";
import { catalog } from "./catalog.ts";

/** A setting, a value of it, where that is in the manifest, and what is there if it is not the value itself. */
type Row = [key: string, value: unknown, place: string, expected?: unknown];

const container = "spec.template.spec.containers.0";
const pod = "spec.template.spec";

const anyNode: Row[] = [
  ["name", "other", "metadata.name"],
  ["namespace", "own", "metadata.namespace"],
  ["labels", { n: 0 }, "metadata.labels.n", "0"],
];
const anyWorkload: Row[] = [
  ...anyNode,
  ["image", "nginx:0", `${container}.image`],
  [
    "env",
    { A: 0, B: "007", C: false },
    `${container}.env`,
    [
      { name: "A", value: "0" },
      { name: "B", value: "007" },
      { name: "C", value: "false" },
    ],
  ],
  ["envKeys", [{ id: "1", name: "K" }], `${container}.env.0.valueFrom.secretKeyRef.key`, "K"],
  [
    "resources",
    { limits: { cpu: 0 }, requests: { memory: "007" } },
    `${container}.resources`,
    {
      limits: { cpu: "0" },
      requests: { memory: "007" },
    },
  ],
  [
    "volumeMounts",
    [{ type: "configMap", name: "c", mountPath: "/c", nodeId: "gone" }],
    `${container}.volumeMounts.0.mountPath`,
    "/c",
  ],
  ["imagePullPolicy", "Never", `${container}.imagePullPolicy`],
  ["serviceAccountName", "robot", `${pod}.serviceAccountName`],
  ["imagePullSecrets", ["one"], `${pod}.imagePullSecrets`, [{ name: "one" }]],
  ["command", ["a", ""], `${container}.command`],
  ["args", ["007", "true"], `${container}.args`],
];
const serving: Row[] = [
  ["port", 65_535, `${container}.ports.0.containerPort`],
  ["livenessProbe", { exec: { command: ["x"] } }, `${container}.livenessProbe`],
  ["readinessProbe", { tcpSocket: { port: 1 } }, `${container}.readinessProbe`],
  ["startupProbe", { grpc: { port: 1 } }, `${container}.startupProbe`],
];
const job: Row[] = [
  ...anyWorkload,
  ["backoffLimit", 0, "spec.backoffLimit"],
  ["completions", 2, "spec.completions"],
  ["parallelism", 2, "spec.parallelism"],
  ["activeDeadlineSeconds", 1, "spec.activeDeadlineSeconds"],
  ["ttlSecondsAfterFinished", 0, "spec.ttlSecondsAfterFinished"],
  ["restartPolicy", "OnFailure", `${pod}.restartPolicy`],
];
const backend = "spec.rules.0.http.paths.0";

const rows: Readonly<Record<string, Row[]>> = {
  deployment: [
    ...anyWorkload,
    ...serving,
    ["replicas", 0, "spec.replicas"],
    ["version", "v1", `spec.template.metadata.labels.version`],
  ],
  statefulset: [
    ...anyWorkload,
    ...serving,
    ["replicas", 0, "spec.replicas"],
    ["version", "v1", "metadata.labels.version"],
    ["serviceName", "heads", "spec.serviceName"],
    [
      "volumeClaimTemplates",
      [{ id: "1", name: "d", storage: "1Gi" }],
      "spec.volumeClaimTemplates.0.spec.resources.requests.storage",
      "1Gi",
    ],
  ],
  daemonset: [
    ...anyWorkload,
    ...serving,
    ["updateStrategy", "OnDelete", "spec.updateStrategy.type"],
    ["maxUnavailable", "30%", "spec.updateStrategy.rollingUpdate.maxUnavailable"],
    ["nodeSelector", { ssd: true }, `${pod}.nodeSelector.ssd`, "true"],
    [
      "tolerations",
      [{ key: "k", effect: "NoExecute", tolerationSeconds: 0 }],
      `${pod}.tolerations.0.tolerationSeconds`,
      0,
    ],
    ["hostNetwork", true, `${pod}.hostNetwork`],
    ["hostPID", true, `${pod}.hostPID`],
    ["securityContext", { privileged: false }, `${container}.securityContext.privileged`, false],
  ],
  job,
  cronjob: [
    ...job.map(
      ([key, value, place, ...more]): Row => [
        key,
        value,
        place.replace(/^spec\./, "spec.jobTemplate.spec."),
        ...more,
      ],
    ),
    ["schedule", "1 2 3 4 5", "spec.schedule"],
    ["concurrencyPolicy", "Replace", "spec.concurrencyPolicy"],
    ["suspend", false, "spec.suspend"],
    ["successfulJobsHistoryLimit", 0, "spec.successfulJobsHistoryLimit"],
    ["failedJobsHistoryLimit", 0, "spec.failedJobsHistoryLimit"],
    ["startingDeadlineSeconds", 0, "spec.startingDeadlineSeconds"],
  ],
  service: [
    ...anyNode,
    ["annotations", { a: 0 }, "metadata.annotations.a", "0"],
    ["serviceType", "NodePort", "spec.type"],
    ["type", "LoadBalancer", "spec.type"],
    ["targetApp", "api", "spec.selector.app"],
    ["port", 1, "spec.ports.0.port"],
    ["targetPort", 2, "spec.ports.0.targetPort"],
    [
      "ports",
      [{ name: "p", port: 3, protocol: "UDP", targetPort: "q" }],
      "spec.ports.0",
      { name: "p", port: 3, protocol: "UDP", targetPort: "q" },
    ],
    ["selector", { a: "007" }, "spec.selector"],
    ["sessionAffinity", "None", "spec.sessionAffinity"],
  ],
  ingress: [
    ...anyNode,
    ["annotations", { a: "0" }, "metadata.annotations.a", "0"],
    ["host", "a.b", "spec.rules.0.host"],
    ["ingressClassName", "traefik", "spec.ingressClassName"],
    [
      "paths",
      [{ id: "1", path: "/x", pathType: "Exact", serviceName: "y", servicePort: 7 }],
      `${backend}.backend.service`,
      { name: "y", port: { number: 7 } },
    ],
    ["path", "/z", `${backend}.path`],
    ["pathType", "ImplementationSpecific", `${backend}.pathType`],
    ["serviceName", "other", `${backend}.backend.service.name`],
    ["servicePort", 8, `${backend}.backend.service.port.number`],
    ["tlsEnabled", true, "spec.tls", [{}]],
  ],
  configmap: [...anyNode, ["data", { A: 0, B: "" }, "data", { A: "0", B: "" }]],
  secret: [...anyNode, ["secretType", "kubernetes.io/tls", "type"]],
  persistentvolumeclaim: [
    ...anyNode,
    ["storage", "007Gi", "spec.resources.requests.storage"],
    ["accessModes", ["ReadOnlyMany"], "spec.accessModes"],
    ["storageClassName", "fast", "spec.storageClassName"],
    ["volumeMode", "Block", "spec.volumeMode"],
  ],
  hpa: [
    ...anyNode,
    ["scaleTargetKind", "StatefulSet", "spec.scaleTargetRef.kind"],
    ["scaleTargetName", "api", "spec.scaleTargetRef.name"],
    ["minReplicas", 2, "spec.minReplicas"],
    ["maxReplicas", 9, "spec.maxReplicas"],
    ["targetCPUUtilization", 1, "spec.metrics.0.resource.target.averageUtilization"],
    ["targetMemoryUtilization", 100, "spec.metrics.1.resource.target.averageUtilization"],
    ["scaleDownStabilization", 0, "spec.behavior.scaleDown.stabilizationWindowSeconds"],
    ["scaleUpStabilization", 0, "spec.behavior.scaleUp.stabilizationWindowSeconds"],
  ],
  networkpolicy: [
    ...anyNode,
    ["podSelector", { a: 0 }, "spec.podSelector.matchLabels.a", "0"],
    ["policyTypes", ["Egress", "Ingress"], "spec.policyTypes"],
    ["ingressRules", [{ id: "1", ports: [{ id: "2", port: 1 }] }], "spec.ingress.0.ports.0.port", 1],
    [
      "egressRules",
      [{ id: "1", to: [{ ipBlock: { cidr: "::/0" } }] }],
      "spec.egress.0.to.0.ipBlock.cidr",
      "::/0",
    ],
  ],
};

/** What a node of each kind has to have before any other setting of it can be looked at. */
const enough: Readonly<Record<string, Record<string, unknown>>> = {
  service: { targetApp: "x" },
  ingress: { serviceName: "x", servicePort: 1 },
  hpa: { scaleTargetName: "x", maxReplicas: 5, targetCPUUtilization: 50 },
  networkpolicy: { policyTypes: ["Ingress", "Egress"] },
  cronjob: { image: "i", schedule: "@daily" },
};

function valueAt(whole: unknown, place: string): unknown {
  let found = whole;
  for (const key of place.split(".")) found = (found as Record<string, unknown> | undefined)?.[key];
  return found;
}

for (const [kind, list] of Object.entries(rows))
  test(`every setting of a ${kind} reaches its manifest exactly`, () => {
    for (const [key, value, place, expected = value] of list) {
      const object = objectOf([nodeOf("web", kind, { ...(enough[kind] ?? { image: "i" }), [key]: value })]);
      expect([key, valueAt(object, place)]).toEqual([key, expected]);
    }
  });

test("all kinds are among them, and every setting is one that the form knows", () => {
  expect([...catalog.keys()].filter((kind) => !(kind in rows))).toEqual(["object"]);
  for (const [kind, list] of Object.entries(rows)) {
    const known = Object.keys(catalog.get(kind)?.settings.properties ?? {});
    expect(known).toEqual(expect.arrayContaining(list.map(([key]) => key)));
  }
});

test("forms have a title for every setting that people fill in", () => {
  for (const [kind, { settings, title }] of catalog) {
    expect(title).toMatch(/^[A-Z]/);
    const untitled = Object.entries(settings.properties).filter(([key, part]) => {
      const described = part as { title?: string; anyOf?: { title?: string }[] };
      return !key.startsWith("_") && !described.title && !described.anyOf?.some((each) => each.title);
    });
    expect([kind, untitled.map(([key]) => key)]).toEqual([kind, kind === "service" ? ["type"] : []]);
  }
});

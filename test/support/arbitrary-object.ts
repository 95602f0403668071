import fc from "fast-check";
import { count, labels, maybe, mostly, name, port, quantity, templateOf } from "./arbitrary-pod-template.ts";

export interface Sent {
  apiVersion: string;
  plural: string;
  object: { kind: string; metadata: { name: string } };
}

const selector = mostly<unknown>(
  [{ matchLabels: { app: "web" } }, { matchExpressions: [{ key: "app", operator: "In", values: ["web"] }] }],
  [{ matchLabels: { app: "other" } }, {}],
);

function kindOf(
  apiVersion: string,
  kind: string,
  plural: string,
  fields: fc.Arbitrary<object>,
): fc.Arbitrary<Sent> {
  const metadata = fc.record({ name, labels: maybe(labels) });
  return fc.tuple(metadata, fields).map(([given, more]) => {
    const object = { apiVersion, kind, metadata: given, ...more };
    return { apiVersion, plural, object: JSON.parse(JSON.stringify(object)) };
  });
}

const specOf = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.record({ spec: fc.record(fields) });
const always = mostly<string | undefined>([undefined, "Always"], ["Never"]);
const never = mostly<string | undefined>(["Never", "OnFailure"], ["Always", undefined]);
const job = {
  template: templateOf(never),
  completions: maybe(count),
  parallelism: maybe(count),
  backoffLimit: maybe(count),
};

/** Objects of the kinds that are drawn, many of them with something wrong somewhere. */
export const arbitraryObject = () =>
  fc.oneof(
    kindOf(
      "v1",
      "ConfigMap",
      "configmaps",
      fc.record({
        data: fc.dictionary(fc.constantFrom("a", "a.b", "a b", ".."), fc.constantFrom<unknown>("1", 1), {
          maxKeys: 2,
        }),
      }),
    ),
    kindOf(
      "v1",
      "Secret",
      "secrets",
      fc.record({
        data: fc.dictionary(fc.constant("a"), fc.constantFrom("YQ==", "no base64!")),
        type: maybe(fc.constantFrom("Opaque", "kubernetes.io/tls")),
      }),
    ),
    kindOf(
      "apps/v1",
      "Deployment",
      "deployments",
      specOf({
        selector,
        template: templateOf(always),
        replicas: maybe(count),
        strategy: maybe(
          fc.constantFrom<unknown>(
            { type: "Recreate" },
            { type: "Recreate", rollingUpdate: { maxSurge: 1 } },
            { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
            { type: "Other" },
          ),
        ),
      }),
    ),
    kindOf(
      "apps/v1",
      "StatefulSet",
      "statefulsets",
      specOf({
        selector,
        template: templateOf(always),
        replicas: maybe(count),
        serviceName: fc.constantFrom("db", "", "DB"),
      }),
    ),
    kindOf("apps/v1", "DaemonSet", "daemonsets", specOf({ selector, template: templateOf(always) })),
    kindOf("batch/v1", "Job", "jobs", specOf(job)),
    kindOf(
      "batch/v1",
      "CronJob",
      "cronjobs",
      specOf({
        schedule: fc.constantFrom("0 * * * *", "@daily", "* * *", "61 * * * *", ""),
        jobTemplate: fc.record({ spec: fc.record(job) }),
        concurrencyPolicy: maybe(fc.constantFrom("Allow", "Never")),
      }),
    ),
    kindOf(
      "v1",
      "Service",
      "services",
      specOf({
        type: maybe(fc.constantFrom("ClusterIP", "NodePort", "Other")),
        ports: fc.array(
          fc.record({ port, targetPort: maybe(port), name: maybe(fc.constantFrom("http", "UP")) }),
          { maxLength: 2 },
        ),
        selector: maybe(labels),
      }),
    ),
    kindOf(
      "v1",
      "PersistentVolumeClaim",
      "persistentvolumeclaims",
      specOf({
        accessModes: fc.constantFrom(["ReadWriteOnce"], ["Write"], []),
        resources: fc.record({ requests: fc.record({ storage: quantity }) }),
        volumeMode: maybe(fc.constantFrom("Block", "Other")),
      }),
    ),
    kindOf(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "horizontalpodautoscalers",
      specOf({
        scaleTargetRef: fc.constantFrom<unknown>(
          { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
          { kind: "Deployment" },
        ),
        minReplicas: maybe(count),
        maxReplicas: count,
      }),
    ),
    kindOf(
      "networking.k8s.io/v1",
      "Ingress",
      "ingresses",
      specOf({
        rules: fc.array(
          fc.record({
            host: maybe(fc.constantFrom("a.example.com", "*.example.com", "a*b", "UP.example.com")),
            http: fc.record({
              paths: fc.array(
                fc.record({
                  path: fc.constantFrom("/", "no-slash", "/a//b"),
                  pathType: maybe(fc.constantFrom("Prefix", "Exact", "Other")),
                  backend: fc.constantFrom<unknown>(
                    { service: { name: "web", port: { number: 80 } } },
                    { service: { name: "web", port: {} } },
                    {},
                  ),
                }),
                { maxLength: 2 },
              ),
            }),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
    kindOf(
      "networking.k8s.io/v1",
      "NetworkPolicy",
      "networkpolicies",
      specOf({
        podSelector: selector,
        policyTypes: maybe(fc.constantFrom(["Ingress"], ["Other"])),
        ingress: maybe(
          fc.constantFrom<unknown>(
            [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }],
            [{ from: [{ ipBlock: { cidr: "10.0.0.0" } }] }],
            [{ ports: [{ port: 70_000 }] }],
          ),
        ),
      }),
    ),
  );

import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";

/** Node ids of the shop, for those who have to speak of one. */
export const keysNode = "keys";

/** Every program of the shop is played by a shell, so that it runs wherever this image does. */
export const usualImage = "busybox:1.37";

const shell = (script: string) => ({ command: ["sh", "-c", script] });
const small = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } };

const answering = (body: string) =>
  [
    "mkdir -p /tmp/www/cgi-bin",
    `printf '#!/bin/sh\\nprintf "Content-Type: text/plain\\\\r\\\\n\\\\r\\\\n"\\n%s\\n' '${body}' > /tmp/www/cgi-bin/index.cgi`,
    "chmod +x /tmp/www/cgi-bin/index.cgi",
    "exec httpd -f -p 8080 -h /tmp/www",
  ].join(" && ");

const talking = (line: string) => `n=0; while true; do n=$((n+1)); echo "${line} $n"; sleep 10; done`;

/** A shop of all twelve kinds: something to see at once, and an example of how they are joined. */
export function shopDesign(namespace: string, image = usualImage): Design {
  const node = (id: string, type: string, x: number, y: number, data: Record<string, unknown>): DesignNode => ({
    id,
    type,
    position: { x: x * 280, y: y * 150 },
    data: { name: id, namespace, ...data },
  });
  const nodes = [
    node("shop", "ingress", 0, 1, {
      host: "shop.example.com",
      ingressClassName: "nginx",
      paths: [{ id: "root", path: "/", pathType: "Prefix" }],
    }),
    node("front-door", "service", 1, 1, { name: "front", serviceType: "ClusterIP", port: 80, targetPort: 8080 }),
    node("front", "deployment", 2, 1, {
      image,
      replicas: 2,
      port: 8080,
      resources: small,
      ...shell(answering('wget -qO- "http://$API_SERVICE_HOST:$API_SERVICE_PORT/"')),
      readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 2 },
    }),
    node("api-door", "service", 3, 1, { name: "api", serviceType: "ClusterIP", port: 80, targetPort: 8080 }),
    node("api", "deployment", 4, 1, {
      image,
      port: 8080,
      resources: small,
      ...shell(answering('echo "$GREETING (signed with $SIGNING_KEY)"')),
      env: {
        GREETING: { valueFrom: { configMapKeyRef: { name: "settings", key: "GREETING" } } },
        SIGNING_KEY: { valueFrom: { secretKeyRef: { name: "keys", key: "SIGNING_KEY" } } },
      },
      readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 2 },
    }),
    node("autoscaler", "hpa", 4, 0, { minReplicas: 2, maxReplicas: 5, targetCPUUtilization: 70 }),
    node("settings", "configmap", 3, 2, {
      data: { GREETING: "Welcome to the shop", CURRENCY: "EUR" },
      mountPath: "/etc/shop",
    }),
    node(keysNode, "secret", 3, 3, {
      secretType: "Opaque",
      keys: [{ id: "k1", name: "SIGNING_KEY" }],
      mountPath: "/etc/keys",
    }),
    node("database", "statefulset", 6, 1, {
      image,
      replicas: 1,
      port: 5432,
      serviceName: "database",
      resources: small,
      ...shell("echo ready > /data/files/state; exec httpd -f -p 5432 -h /data/files"),
      volumeClaimTemplates: [
        { name: "files", storage: "64Mi", accessModes: ["ReadWriteOnce"], mountPath: "/data/files" },
      ],
      readinessProbe: { tcpSocket: { port: 5432 }, periodSeconds: 2 },
    }),
    node("guard", "networkpolicy", 6, 0, {
      policyTypes: ["Ingress"],
      ingressRules: [
        {
          id: "from-api",
          from: [
            { id: "api", type: "podSelector", podSelector: { app: "api" } },
            { id: "migrate", type: "podSelector", podSelector: { app: "migrate" } },
          ],
          ports: [{ id: "p", protocol: "TCP", port: 5432 }],
        },
      ],
    }),
    node("migrate", "job", 5, 2, {
      image,
      resources: small,
      backoffLimit: 2,
      ...shell("for step in 1 2 3; do echo applying migration $step; sleep 1; done"),
    }),
    node("cache", "deployment", 5, 3, {
      image,
      replicas: 1,
      port: 6379,
      resources: small,
      ...shell("mkdir -p /tmp/cache && exec httpd -f -p 6379 -h /tmp/cache"),
      readinessProbe: { tcpSocket: { port: 6379 }, periodSeconds: 2 },
    }),
    node("uploads", "persistentvolumeclaim", 2, 3, { storage: "64Mi", accessModes: ["ReadWriteOnce"] }),
    node("worker", "deployment", 3, 4, {
      image,
      replicas: 1,
      port: 0,
      resources: small,
      ...shell(talking("packed order")),
    }),
    node("nightly", "cronjob", 5, 4, {
      schedule: "0 3 * * *",
      image,
      resources: small,
      concurrencyPolicy: "Forbid",
      ...shell("echo closing the books"),
    }),
    node("log-agent", "daemonset", 6, 3, { image, port: 0, resources: small, ...shell(talking("shipped batch")) }),
  ];
  return { nodes, edges: shopEdges() };
}

function shopEdges(): DesignEdge[] {
  const joined = [
    ["shop", "front-door", "root"],
    ["front-door", "front"],
    ["api-door", "api"],
    ["autoscaler", "api"],
    ["settings", "worker"],
    [keysNode, "worker"],
    ["uploads", "worker"],
    ["guard", "database", "output"],
  ] as const;
  const awaited = [
    ["database", "migrate"],
    ["migrate", "api"],
    ["cache", "worker"],
    ["api", "front"],
  ] as const;
  return [
    ...joined.map(([source, target, sourceHandle]) => ({
      id: `${source}-${target}`,
      source,
      target,
      ...(sourceHandle && { sourceHandle }),
    })),
    ...awaited.map(([source, target]) => ({
      id: `${source}-before-${target}`,
      source,
      target,
      type: "dependency",
    })),
  ];
}

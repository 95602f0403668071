import type { Design, DesignEdge, DesignNode } from "../../contract/design.ts";

/** The shop's secret; its value is given to the run. */
export const keysNode = "keys";

/** Every program of the shop is played by a shell, so that it runs wherever this image does. */
const usualImage = "busybox:1.37";

/** A shop of all twelve kinds: something to see at once, and an example of how they are joined. */
export function shopDesign(namespace: string, image = usualImage): Design {
  const drawn = [...front, ...middle, ...data, ...besides];
  const nodes = drawn.map(({ id, type, at: [x, y], program, ...settings }): DesignNode => {
    const given = {
      name: id,
      namespace,
      ...(program && { image, resources: small, ...program }),
      ...settings,
    };
    return { id, type, position: { x: x * 280, y: y * 150 }, data: given };
  });
  return { nodes, edges: [...joined(), ...awaited()] };
}

interface Drawn {
  id: string;
  type: string;
  at: readonly [number, number];
  program?: { command: string[] };
  [setting: string]: unknown;
}

const small = { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } };
const shell = (script: string) => ({ command: ["sh", "-c", script] });
const ready = (port: number) => ({ tcpSocket: { port }, periodSeconds: 2 });
const talking = (line: string) => shell(`n=0; while true; do n=$((n+1)); echo "${line} $n"; sleep 10; done`);
const serving = (port: number, folder: string) =>
  shell(`mkdir -p ${folder} && date > ${folder}/started && exec httpd -f -p ${port} -h ${folder}`);

/** Answers every request with what a line of shell prints. */
const answering = (line: string) =>
  shell(
    [
      "mkdir -p /tmp/www/cgi-bin",
      `printf '#!/bin/sh\\nprintf "Content-Type: text/plain\\\\r\\\\n\\\\r\\\\n"\\n%s\\n' '${line}' > /tmp/www/cgi-bin/index.cgi`,
      "chmod +x /tmp/www/cgi-bin/index.cgi",
      "exec httpd -f -p 8080 -h /tmp/www",
    ].join(" && "),
  );

const front: Drawn[] = [
  {
    id: "shop",
    type: "ingress",
    at: [0, 1],
    host: "shop.example.com",
    ingressClassName: "nginx",
    paths: [{ id: "root", path: "/", pathType: "Prefix" }],
  },
  { id: "front-door", type: "service", at: [1, 1], name: "front", serviceType: "ClusterIP", port: 80 },
  {
    id: "front",
    type: "deployment",
    at: [2, 1],
    program: answering('wget -qO- "http://$API_SERVICE_HOST:$API_SERVICE_PORT/"'),
    replicas: 2,
    port: 8080,
    readinessProbe: ready(8080),
  },
];

const middle: Drawn[] = [
  { id: "api-door", type: "service", at: [3, 1], name: "api", serviceType: "ClusterIP", port: 80 },
  {
    id: "api",
    type: "deployment",
    at: [4, 1],
    program: answering('echo "$GREETING, signed with $SIGNING_KEY"'),
    port: 8080,
    env: {
      GREETING: { valueFrom: { configMapKeyRef: { name: "settings", key: "GREETING" } } },
      SIGNING_KEY: { valueFrom: { secretKeyRef: { name: "keys", key: "SIGNING_KEY" } } },
    },
    readinessProbe: ready(8080),
  },
  { id: "autoscaler", type: "hpa", at: [4, 0], minReplicas: 2, maxReplicas: 5, targetCPUUtilization: 70 },
  {
    id: "settings",
    type: "configmap",
    at: [3, 2],
    data: { GREETING: "Welcome to the shop", CURRENCY: "EUR" },
    mountPath: "/etc/shop",
  },
  {
    id: keysNode,
    type: "secret",
    at: [3, 3],
    secretType: "Opaque",
    keys: [{ id: "k1", name: "SIGNING_KEY" }],
    mountPath: "/etc/keys",
  },
];

const data: Drawn[] = [
  {
    id: "database",
    type: "statefulset",
    at: [6, 1],
    program: serving(5432, "/data/files/www"),
    replicas: 1,
    port: 5432,
    serviceName: "database",
    volumeClaimTemplates: [
      { name: "files", storage: "64Mi", accessModes: ["ReadWriteOnce"], mountPath: "/data/files" },
    ],
    readinessProbe: ready(5432),
  },
  {
    id: "guard",
    type: "networkpolicy",
    at: [6, 0],
    policyTypes: ["Ingress"],
    ingressRules: [
      {
        id: "callers",
        from: ["api", "migrate"].map((app) => ({ id: app, type: "podSelector", podSelector: { app } })),
        ports: [{ id: "p", protocol: "TCP", port: 5432 }],
      },
    ],
  },
  {
    id: "migrate",
    type: "job",
    at: [5, 2],
    program: shell("for step in 1 2 3; do echo applying migration $step; sleep 1; done"),
    backoffLimit: 2,
  },
  {
    id: "cache",
    type: "deployment",
    at: [5, 3],
    program: serving(6379, "/tmp/cache"),
    replicas: 1,
    port: 6379,
    readinessProbe: ready(6379),
  },
  {
    id: "uploads",
    type: "persistentvolumeclaim",
    at: [2, 3],
    storage: "64Mi",
    accessModes: ["ReadWriteOnce"],
  },
];

const besides: Drawn[] = [
  { id: "worker", type: "deployment", at: [3, 4], program: talking("packed order"), replicas: 1 },
  {
    id: "nightly",
    type: "cronjob",
    at: [5, 4],
    program: shell("echo closing the books"),
    schedule: "0 3 * * *",
    concurrencyPolicy: "Forbid",
  },
  { id: "log-agent", type: "daemonset", at: [6, 3], program: talking("shipped batch") },
];

/** What belongs together: the kinds at its two ends say what an edge means. */
function joined(): DesignEdge[] {
  const pairs = [
    ["shop", "front-door", "root"],
    ["front-door", "front"],
    ["api-door", "api"],
    ["autoscaler", "api"],
    ["settings", "worker"],
    [keysNode, "worker"],
    ["uploads", "worker"],
    ["guard", "database", "output"],
  ] as const;
  return pairs.map(([source, target, sourceHandle]) => ({
    id: `${source}-${target}`,
    source,
    target,
    ...(sourceHandle && { sourceHandle }),
  }));
}

/** What comes first, and what waits for it: until a job has completed, and everything else is ready. */
function awaited(): DesignEdge[] {
  const pairs = [
    ["database", "migrate"],
    ["migrate", "api"],
    ["cache", "worker"],
    ["api", "front"],
  ] as const;
  return pairs.map(([source, target]) => ({
    id: `${source}-before-${target}`,
    source,
    target,
    type: "dependency",
  }));
}

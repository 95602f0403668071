const managed = Object.fromEntries(
  ["name", "image", "ports", "resources", "env", "livenessProbe", "readinessProbe", "volumeMounts"].map(
    (field) => [`f:${field}`, { ".": {}, 'k:{"name":"web"}': { ".": {}, "f:value": {}, "f:valueFrom": {} } }],
  ),
);

/** A pod as a cluster tells of it, some 3.4 KB of JSON: a tenth of them are ours, ten at a time belong together. */
function podOf(index: number, resourceVersion: string) {
  const group = Math.floor(index / 10);
  const app = `shop-${group}`;
  const isOurs = index % 10 === 0;
  const id = index.toString(16).padStart(12, "0");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `${app}-7d9c5b8f6d-${index.toString(36).padStart(5, "x")}`,
      namespace: `team-${group % 50}`,
      uid: `3f2b8c1e-5d47-4a90-b6c2-${id}`,
      resourceVersion,
      creationTimestamp: "2026-11-27T06:00:00Z",
      labels: {
        app,
        "app.kubernetes.io/managed-by": isOurs ? "orrery" : "somebody",
        "pod-template-hash": "7d9c5b8f6d",
      },
      annotations: { "example.com/checksum": "5f4dcc3b5aa765d61d8327deb882cf99".repeat(4) },
      ownerReferences: [
        {
          ...{ apiVersion: "apps/v1", kind: "ReplicaSet", name: `${app}-7d9c5b8f6d`, controller: true },
          uid: `9a1d0c44-7b1e-4c7c-8f3e-${group.toString(16).padStart(12, "0")}`,
        },
      ],
      managedFields: [{ manager: "kube-controller-manager", operation: "Update", fieldsV1: managed }],
    },
    spec: specOf(app, index),
    status: statusOf(index, id),
  };
}

function specOf(app: string, index: number) {
  return {
    nodeName: `node-${index % 20}`,
    serviceAccountName: "default",
    containers: [
      {
        name: "web",
        image: "registry.example.com/shop/web:1.24.3",
        env: Array.from({ length: 8 }, (_, at) => ({
          name: `SETTING_${at}`,
          value: `value-${at}-of-${app}`,
        })),
        ports: [{ containerPort: 8080, protocol: "TCP" }],
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
        volumeMounts: [
          { name: "kube-api-access", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
        ],
      },
    ],
    volumes: [{ name: "kube-api-access", projected: { defaultMode: 420 } }],
    tolerations: ["not-ready", "unreachable"].map((key) => ({
      ...{ key: `node.kubernetes.io/${key}`, operator: "Exists" },
      ...{ effect: "NoExecute", tolerationSeconds: 300 },
    })),
  };
}

function statusOf(index: number, id: string) {
  return {
    phase: "Running",
    podIP: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    startTime: "2026-11-27T06:00:01Z",
    conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
      ...{ type, status: "True", lastTransitionTime: "2026-11-27T06:00:05Z", lastProbeTime: null },
    })),
    containerStatuses: [
      {
        ...{ name: "web", ready: true, restartCount: 0, image: "registry.example.com/shop/web:1.24.3" },
        containerID: `containerd://${id.repeat(5)}`,
        state: { running: { startedAt: "2026-11-27T06:00:04Z" } },
      },
    ],
  };
}

export const podText = (index: number, version: string): string => JSON.stringify(podOf(index, version));

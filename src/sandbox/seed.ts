import type { System } from "./system.ts";
import { now } from "./system.ts";

const nodeNames = ["sandbox-1", "sandbox-2", "sandbox-3"];

/** What every cluster has from the beginning. */
export function seed(system: System): void {
  for (const name of ["default", "kube-system", "kube-public", "kube-node-lease"])
    system.create("Namespace", {
      metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
      spec: {},
    });
  for (const name of nodeNames) seedNode(system, name);
  const provisioner = "sandbox.orrery.dev/simulated";
  system.create("StorageClass", {
    metadata: { name: "standard", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    ...{ provisioner, reclaimPolicy: "Delete", volumeBindingMode: "Immediate", allowVolumeExpansion: true },
  });
  system.create("StorageClass", {
    metadata: { name: "wait" },
    ...{ provisioner, reclaimPolicy: "Delete", volumeBindingMode: "WaitForFirstConsumer" },
  });
  system.create("IngressClass", {
    metadata: { name: "nginx" },
    spec: { controller: "sandbox.orrery.dev/ingress" },
  });
}

function seedNode(system: System, name: string): void {
  const labels = {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "topology.kubernetes.io/zone": `zone-${name.slice(-1)}`,
  };
  const node = system.create("Node", { metadata: { name, labels }, spec: {} });
  const capacity = { cpu: "4", memory: "8Gi", pods: "110", "ephemeral-storage": "64Gi" };
  system.change(
    node,
    (draft) => {
      draft.status = {
        capacity,
        allocatable: capacity,
        conditions: [
          {
            type: "Ready",
            status: "True",
            reason: "KubeletReady",
            message: "simulated",
            lastTransitionTime: now(),
          },
        ],
        addresses: [{ type: "InternalIP", address: `10.0.0.${name.slice(-1)}` }],
        nodeInfo: {
          ...{
            kubeletVersion: "v1.34.0+sandbox",
            osImage: "Simulated",
            operatingSystem: "linux",
            architecture: "amd64",
          },
          ...{ containerRuntimeVersion: "simulated://1", kernelVersion: "simulated", kubeProxyVersion: "" },
          ...{ machineID: name, systemUUID: name, bootID: name },
        },
      };
    },
    "status",
  );
}

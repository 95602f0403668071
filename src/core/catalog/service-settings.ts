import { type Static, Type } from "typebox";
import {
  commonSettings,
  labels,
  listOf,
  serviceName as name,
  port,
  portOrName,
  texts,
  wholeNumber,
} from "./fields.ts";
import { hinted } from "./hints.ts";

export const serviceTypes = ["ClusterIP", "NodePort", "LoadBalancer"] as const;
const addressPattern = "^(None|[0-9a-fA-F:.]+)$";

const servicePort = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        title: "Port name",
        pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
        refusal: "must be a short lower case name",
      }),
    ),
    protocol: Type.Enum(["TCP", "UDP", "SCTP"], { title: "Protocol", default: "TCP" }),
    port: port("Port", 1),
    targetPort: Type.Optional(portOrName("Target port")),
    nodePort: Type.Optional(port("Node port")),
    appProtocol: Type.Optional(Type.String({ title: "Application protocol" })),
  },
  { title: "Port" },
);

const properties = {
  name,
  ...commonSettings,
  serviceType: Type.Optional(Type.Enum([...serviceTypes], { title: "Type" })),
  // Canvases keep the kind of the node under this key; only a word that fits is heeded.
  type: Type.Optional(Type.Unknown()),
  targetApp: Type.Optional(Type.String({ title: "Target", maxLength: 253 })),
  selector: Type.Optional(labels("Selector")),
  port: Type.Optional(port("Port")),
  targetPort: Type.Optional(portOrName("Target port")),
  nodePort: Type.Optional(port("Node port")),
  ports: Type.Optional(listOf("Ports", servicePort)),
  clusterIP: Type.Optional(
    Type.String({ title: "Cluster address", pattern: addressPattern, refusal: "must be an address or None" }),
  ),
  sessionAffinity: Type.Optional(Type.Enum(["None", "ClientIP"], { title: "Session affinity" })),
  sessionAffinityTimeout: Type.Optional(wholeNumber("Session affinity timeout", 1, 86_400)),
  loadBalancerIP: Type.Optional(Type.String({ title: "Load balancer address" })),
  loadBalancerSourceRanges: Type.Optional(texts("Allowed sources")),
  externalTrafficPolicy: Type.Optional(Type.Enum(["Cluster", "Local"], { title: "External traffic" })),
  publishNotReadyAddresses: Type.Optional(Type.Boolean({ title: "Publish pods that are not ready" })),
  _linkedDeployment: Type.Optional(Type.Unknown()),
};
export const serviceSettings = Type.Object(
  hinted(properties, {
    serviceType: {
      order: 10,
      description:
        "ClusterIP inside the cluster, NodePort on every machine, LoadBalancer at an address of its own.",
    },
    port: { order: 20, description: "Where the service is reached; the workload's own port without one." },
    targetPort: { order: 30, description: "Where the workload listens, by number or name." },
    ports: {
      group: "Ports",
      description: "More than one, or with a name or protocol; then they count instead of the single port.",
    },
    nodePort: { group: "Ports", description: "The same port on every machine, 30000 to 32767 as a rule." },
    targetApp: { group: "Target", description: "The workload by its name, where no edge leads to it." },
    selector: { group: "Target", description: "Pods by their labels, instead of the workload's." },
    clusterIP: {
      group: "Addresses",
      description: "None makes it headless: each pod is found by itself.",
      examples: ["None"],
    },
    loadBalancerIP: { group: "Addresses" },
    loadBalancerSourceRanges: {
      group: "Addresses",
      description: "Networks that may come in; all of them without any.",
      examples: ["10.0.0.0/8"],
    },
    externalTrafficPolicy: {
      group: "Addresses",
      description: "Local keeps the caller's address and skips machines without a pod.",
    },
    sessionAffinity: { group: "Sessions", description: "ClientIP keeps a caller at the same pod." },
    sessionAffinityTimeout: { group: "Sessions", unit: "s", description: "How long a caller is kept there." },
    publishNotReadyAddresses: { group: "Sessions" },
    type: { widget: "hidden" },
    _linkedDeployment: { widget: "hidden" },
  }),
);
export type ServiceSettings = Static<typeof serviceSettings>;
export type ServicePort = Static<typeof servicePort>;
export type ServiceType = (typeof serviceTypes)[number];

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

export const serviceSettings = Type.Object({
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
});
export type ServiceSettings = Static<typeof serviceSettings>;
export type ServicePort = Static<typeof servicePort>;
export type ServiceType = (typeof serviceTypes)[number];

import { type Static, Type } from "typebox";
import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../relations/node-names.ts";
import type { Fault } from "./fault.ts";
import { annotations, labels, listOf, name, namespace, port, texts } from "./fields.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { metadataOf } from "./pod-template.ts";
import { labelFaults, pointer } from "./text-values.ts";

const pathTypes = ["Prefix", "Exact", "ImplementationSpecific"] as const;
const hostPattern = "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const servicePort = Type.Union([port("Service port"), Type.String({ title: "Service port" })]);

const route = {
  path: Type.Optional(Type.String({ title: "Path" })),
  pathType: Type.Optional(Type.Enum([...pathTypes], { title: "Path type" })),
  serviceName: Type.Optional(Type.String({ title: "Service" })),
  servicePort: Type.Optional(servicePort),
};
const ingressPath = Type.Object({
  id: Type.Optional(Type.String()),
  ...route,
  _linkedService: Type.Optional(Type.Unknown()),
});
type IngressPath = Static<typeof ingressPath>;

const settings = Type.Object({
  name,
  namespace,
  host: Type.Optional(
    Type.String({ title: "Host", pattern: hostPattern, refusal: "must be a lower case host name" }),
  ),
  ingressClassName: Type.Optional(Type.String({ title: "Ingress class" })),
  paths: Type.Optional(listOf("Paths", ingressPath)),
  ...route,
  tlsEnabled: Type.Optional(Type.Boolean({ title: "TLS" })),
  tlsSecretName: Type.Optional(Type.String({ title: "TLS secret" })),
  tlsHosts: Type.Optional(texts("TLS hosts")),
  labels: Type.Optional(labels("Labels")),
  annotations: Type.Optional(annotations),
});
type Settings = Static<typeof settings>;

export const ingress = nodeKind({
  title: "Ingress",
  settings,

  make(given, around) {
    const faults: Fault[] = labelFaults(given.labels, "labels");
    const listed = given.paths?.length ? given.paths : [given];
    const at = (index: number) => (given.paths?.length ? ["paths", index] : []);
    const paths = listed.flatMap((path, index) => toPath(path, around, at(index), faults) ?? []);
    const { host, ingressClassName } = given;
    const spec = {
      ...(ingressClassName && { ingressClassName }),
      rules: [{ ...(host && { host }), http: { paths } }],
      ...tlsOf(given),
    };
    const metadata = metadataOf(given, around);
    return { objects: [{ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec }], faults };
  },
});

function toPath(given: IngressPath, around: Surroundings, at: readonly (string | number)[], faults: Fault[]) {
  const { path = "/", pathType = "Prefix" } = given;
  const linked = linkedService(given, around);
  const name = given.serviceName ?? (linked && nameOfNode(linked));
  const number = given.servicePort || portOf(linked);
  if (!path.startsWith("/") && pathType !== "ImplementationSpecific")
    faults.push({
      path: pointer(...at, "path"),
      code: "wrong-form",
      message: "Path must begin with a slash",
    });
  if (!name || !number) {
    const message = `The path ${path} leads to no service: join it to one, or name one`;
    faults.push({ path: pointer(...at, "serviceName"), code: "no-target", message });
    return undefined;
  }
  return {
    path,
    pathType,
    backend: { service: { name, port: typeof number === "number" ? { number } : { name: number } } },
  };
}

/** The service behind a path: the one whose edge begins at the path, else the one remembered, else the only one joined. */
function linkedService(
  { id, _linkedService }: IngressPath,
  { neighbours, nodeById }: Surroundings,
): DesignNode | undefined {
  const services = neighbours.filter(({ node }) => node.type === "service");
  const own = services.find(
    ({ edge }) => id !== undefined && (edge.sourceHandle === id || edge.targetHandle === id),
  );
  const remembered = typeof _linkedService === "string" ? nodeById(_linkedService) : undefined;
  const [only, ...others] = services;
  return own?.node ?? remembered ?? (others.length === 0 ? only?.node : undefined);
}

function portOf(service: DesignNode | undefined): number | undefined {
  if (!service) return undefined;
  const { port: number, ports } = service.data as { port?: unknown; ports?: { port?: unknown }[] };
  const listed = Array.isArray(ports) ? ports[0]?.port : undefined;
  const found = listed ?? number;
  return typeof found === "number" && found > 0 ? found : 80;
}

function tlsOf({ tlsEnabled, tlsSecretName, tlsHosts, host }: Settings) {
  if (!tlsEnabled) return {};
  const hosts = tlsHosts?.length ? tlsHosts : host ? [host] : [];
  return {
    tls: [{ ...(hosts.length > 0 && { hosts }), ...(tlsSecretName && { secretName: tlsSecretName }) }],
  };
}

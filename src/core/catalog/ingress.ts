import { type Static, Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { servicePort } from "../relations/ports.ts";
import { type Linked, linkedNode } from "../relations/workloads.ts";
import type { Fault } from "./fault.ts";
import { asPort, commonSettings, listOf, name, nameOf, portOrName, texts } from "./fields.ts";
import { hinted, inGroup } from "./hints.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { asMap, asMaps, filled, given as present, readMetadata, type Said } from "./read-metadata.ts";
import { type Keys, pointer } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

const hostPattern =
  "^(?!(\\d+\\.){3}\\d+$)(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const isHost = new RegExp(hostPattern);

const path = Type.String({ title: "Path", default: "/" });
const pathType = Type.Enum(["Prefix", "Exact", "ImplementationSpecific"], {
  title: "Path type",
  default: "Prefix",
});
const backend = hinted(
  {
    serviceName: Type.Optional(nameOf("Service")),
    servicePort: Type.Optional(portOrName("Service port")),
    _linkedService: Type.Optional(Type.Unknown()),
  },
  {
    serviceName: { description: "Where requests go, where no edge says so." },
    servicePort: { description: "By number or name; the service's first one without." },
    _linkedService: { widget: "hidden" },
  },
);
const ingressPath = Type.Object(
  hinted({ id: Type.Optional(Type.String()), path, pathType, ...backend }, { id: { widget: "hidden" } }),
  { title: "Path" },
);
type IngressPath = Static<typeof ingressPath>;

const properties = {
  name,
  ...commonSettings,
  host: Type.Optional(
    Type.String({
      title: "Host",
      maxLength: 253,
      pattern: hostPattern,
      refusal: "must be a lower case host name",
    }),
  ),
  ingressClassName: Type.Optional(nameOf("Ingress class")),
  paths: Type.Optional(listOf("Paths", ingressPath)),
  ...inGroup("Single path", { path, pathType, ...backend }),
  tlsEnabled: Type.Optional(Type.Boolean({ title: "TLS" })),
  tlsSecretName: Type.Optional(nameOf("TLS secret")),
  tlsHosts: Type.Optional(texts("TLS hosts")),
};
const settings = Type.Object(
  hinted(properties, {
    host: {
      order: 10,
      widget: "host",
      description: "Requests for this name come here; all of them without one.",
      examples: ["shop.example.com"],
    },
    paths: { order: 20, description: "Which requests go to which service; the longest path that fits wins." },
    ingressClassName: {
      order: 30,
      description: "Which controller serves it; the cluster's usual one without a name.",
      examples: ["nginx"],
    },
    tlsEnabled: { group: "TLS", description: "Answers https with the certificate in the secret." },
    tlsSecretName: {
      group: "TLS",
      description: "A secret of the type kubernetes.io/tls in the same namespace.",
    },
    tlsHosts: { group: "TLS", description: "Names the certificate is used for; the host without any." },
  }),
);
type Settings = Static<typeof settings>;

export const ingress = nodeKind({
  title: kindTitles.ingress,
  settings,
  fitting: { name: "name" },

  read: readIngress,

  make(given, around) {
    const made = pathsOf(given, around);
    const { host, ingressClassName } = given;
    const spec = {
      ...(ingressClassName && { ingressClassName }),
      rules: [{ ...(host && { host }), http: { paths: made.paths } }],
      ...tlsOf(given),
    };
    const metadata = metadataOf(given, around);
    return {
      objects: [{ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec }],
      faults: [...metadataFaults(given), ...made.faults, ...hostFaults(given)],
    };
  },
});

function readIngress(object: KubernetesObject, said: Said): Record<string, unknown> {
  const spec = asMap(object.spec);
  const [rule] = asMaps(spec.rules);
  const [tls] = asMaps(spec.tls);
  const listed = asMaps(asMap(rule?.http).paths);
  const paths = (listed.length > 0 ? listed : [{ backend: spec.defaultBackend }]).map(readPath);
  const isSingle = paths.length === 1 && !asMaps(said.paths).length && said.serviceName !== undefined;
  return present({
    ...readMetadata(object, said),
    host: rule?.host,
    ingressClassName: spec.ingressClassName,
    ...(isSingle ? paths[0] : { paths: filled(paths) }),
    ...(tls && { tlsEnabled: true, tlsSecretName: tls.secretName, tlsHosts: tls.hosts }),
  });
}

/** What leads to no service is said beside the settings, and overrules what is made up here. */
function readPath({ path, pathType, backend }: Record<string, unknown>): Record<string, unknown> {
  const { service, resource } = asMap(backend);
  if (resource !== undefined)
    return present({ path, pathType, serviceName: asMap(resource).name, servicePort: 80 });
  const { name, port } = asMap(service);
  return present({ path, pathType, serviceName: name, servicePort: asMap(port).number ?? asMap(port).name });
}

/** The paths listed; where none of them leads anywhere, the single one of older drawings. */
function pathsOf(given: Settings, around: Surroundings) {
  const faults: Fault[] = [];
  const listed = given.paths ?? [];
  const backends = listed.map((each) => backendOf(each, around));
  const isSingle =
    listed.length === 0 || (given.serviceName !== undefined && backends.every((each) => !each));
  const made = (each: IngressPath, index: number | undefined) => {
    const at = index === undefined ? [] : ["paths", index];
    faults.push(...pathFaults(each, at));
    const found = index === undefined ? backendOf(each, around) : backends[index];
    if (found) return [{ path: each.path, pathType: each.pathType, backend: found }];
    const message = `The path ${each.path} leads to no service: join it to one, or name one`;
    faults.push({ path: pointer(...at, "serviceName"), code: "no-target", message });
    return [];
  };
  return { paths: isSingle ? made(given, undefined) : listed.flatMap(made), faults };
}

function backendOf(given: IngressPath, around: Surroundings) {
  const linked = linkedService(given, around);
  if (!linked) return undefined;
  const { node, name } = linked;
  const port = given.servicePort || (node && servicePort(node, around.surroundingsOf(node)));
  if (!port) return undefined;
  const asked = asPort(port);
  return { service: { name, port: typeof asked === "number" ? { number: asked } : { name: asked } } };
}

const services: ReadonlySet<string> = new Set(["service"]);

/** The service behind a path: the one it names, else the one whose edge begins at the path, else the only one joined. */
function linkedService(given: IngressPath, around: Surroundings): Linked | undefined {
  const { id, serviceName, _linkedService: remembered } = given;
  const joined = around.neighbours.filter(({ node }) => services.has(node.type));
  const own = joined.filter(({ handle }) => id !== undefined && handle === id);
  // A path without an edge of its own may share the only service there is, but never guesses among several.
  const meant = own.length > 0 ? own : joined.length === 1 ? joined : [];
  return linkedNode({ name: serviceName, remembered, kinds: services }, { ...around, neighbours: meant });
}

/** As Kubernetes judges paths; those of a controller's own sort need only begin well. */
function pathFaults({ path: given, pathType: type }: IngressPath, at: Keys): Fault[] {
  const isPlain = !/\/\/|%2f|(^|\/)\.\.?(\/|$)/i.test(given);
  if (given.startsWith("/") && (isPlain || type === "ImplementationSpecific")) return [];
  const message = "Path must begin with a slash, without “//”, “/./”, “/../” or “%2F”";
  return [{ path: pointer(...at, "path"), code: "wrong-form", message }];
}

function tlsOf({ tlsEnabled, tlsSecretName, tlsHosts, host }: Settings) {
  if (!tlsEnabled) return {};
  const hosts = tlsHosts?.length ? tlsHosts : host ? [host] : [];
  return {
    tls: [{ ...(hosts.length > 0 && { hosts }), ...(tlsSecretName && { secretName: tlsSecretName }) }],
  };
}

function hostFaults({ tlsHosts = [] }: Settings): Fault[] {
  return tlsHosts.flatMap((host, index) => {
    if (isHost.test(host)) return [];
    const message = `“${host}” is not a lower case host name`;
    return [{ path: pointer("tlsHosts", index), code: "wrong-form", message }];
  });
}

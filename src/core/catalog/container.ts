import { type Static, Type } from "typebox";
import { toEnv } from "./env.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, image, listOf, port, quantity, texts } from "./fields.ts";
import { duplicateFaults, pointer, toTexts } from "./text-values.ts";

const amounts = (title: string) => Type.Record(Type.String(), quantity(title), { title });
const resources = Type.Object(
  { requests: Type.Optional(amounts("Requests")), limits: Type.Optional(amounts("Limits")) },
  { title: "Resources" },
);
const probe = (title: string) => asKubernetes(title);

/** What one container is told, in a workload's own settings and in each of its `containers`. */
export const containerSettings = {
  image: Type.Optional(image),
  imagePullPolicy: Type.Optional(
    Type.Enum(["Always", "IfNotPresent", "Never"], { title: "Image pull policy" }),
  ),
  command: Type.Optional(texts("Command")),
  args: Type.Optional(texts("Arguments")),
  workingDir: Type.Optional(Type.String({ title: "Working directory" })),
  port: port("Port"),
  ports: Type.Optional(listOf("Ports", asKubernetes("Port"))),
  env: Type.Optional(Type.Unknown({ title: "Environment" })),
  envFrom: Type.Optional(Type.Array(Type.Unknown(), { title: "Environment from" })),
  resources: Type.Optional(resources),
  livenessProbe: Type.Optional(probe("Liveness probe")),
  readinessProbe: Type.Optional(probe("Readiness probe")),
  startupProbe: Type.Optional(probe("Startup probe")),
  lifecycle: Type.Optional(asKubernetes("Lifecycle")),
};

const ContainerSettings = Type.Partial(Type.Object(containerSettings));
export type ContainerSettings = Static<typeof ContainerSettings>;

/** A further container, or one that runs before: Kubernetes' own form, or ours. */
export const sideContainer = Type.Object(
  {
    ...ContainerSettings.properties,
    name: Type.String({
      title: "Name",
      maxLength: 63,
      pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
      refusal: "may hold lower case letters, digits and dashes (63 at most)",
    }),
    image,
    securityContext: Type.Optional(asKubernetes("Security context")),
    volumeMounts: Type.Optional(Type.Array(asKubernetes("Volume mount"))),
  },
  { additionalProperties: true },
);
export type SideContainer = Static<typeof sideContainer>;

interface Made {
  container: Record<string, unknown> & { name: string };
  faults: Fault[];
}

/** One container as Kubernetes wants it. `at` is where its settings are. */
export function toContainer(
  name: string,
  settings: ContainerSettings,
  at: readonly (string | number)[],
): Made {
  const { env, faults } = toEnv(settings.env, [...at, "env"]);
  const { imagePullPolicy, command, args, workingDir, lifecycle } = settings;
  const ports = portsOf(settings);
  const resources = settings.resources && {
    ...(settings.resources.requests && { requests: toTexts(settings.resources.requests) }),
    ...(settings.resources.limits && { limits: toTexts(settings.resources.limits) }),
  };
  const probes = {
    ...probeOf("livenessProbe", settings, { initialDelaySeconds: 30, periodSeconds: 10 }),
    ...probeOf("readinessProbe", settings, { initialDelaySeconds: 5, periodSeconds: 5 }),
    ...probeOf("startupProbe", settings, { periodSeconds: 10, failureThreshold: 30 }),
  };
  const container = {
    name,
    image: (settings.image ?? "").trim(),
    ...(imagePullPolicy && { imagePullPolicy }),
    ...(command && { command }),
    ...(args && { args }),
    ...(workingDir && { workingDir }),
    ...(ports.length > 0 && { ports }),
    ...(env.length > 0 && { env }),
    ...(settings.envFrom?.length && { envFrom: settings.envFrom.map(toEnvFrom) }),
    ...(resources && { resources }),
    ...probes,
    ...(lifecycle && { lifecycle }),
  };
  const portAt = (index: number) => pointer(...at, "ports", index, "name");
  const nameOfPort = (each: Record<string, unknown>) =>
    typeof each.name === "string" ? each.name : undefined;
  return { container, faults: [...faults, ...duplicateFaults(ports, nameOfPort, portAt, "The port name")] };
}

/** A further container keeps whatever of Kubernetes' own it says beside. */
export function toSideContainer(settings: SideContainer, at: readonly (string | number)[]): Made {
  const { port: _, env: __, envFrom: ___, resources: ____, ...kubernetes } = settings;
  const { container, faults } = toContainer(settings.name, settings, at);
  return { container: { ...kubernetes, ...container }, faults };
}

/** The names and numbers a container's ports are known by. */
function portsOf({ port: number, ports = [] }: ContainerSettings): Record<string, unknown>[] {
  if (ports.length > 0) return ports.map((each) => ({ protocol: "TCP", ...each }));
  return number ? [{ containerPort: number, protocol: "TCP", name: "http" }] : [];
}

type ProbeKey = "livenessProbe" | "readinessProbe" | "startupProbe";

/** Kubernetes' own probe as it is; the short form, a path, asks over HTTP on the container's port. */
function probeOf(key: ProbeKey, settings: ContainerSettings, usual: Record<string, number>) {
  const given = settings[key];
  if (!given || Object.keys(given).length === 0) return {};
  const { path, port: own, ...timing } = given;
  if (typeof path !== "string") return { [key]: given };
  const asked = own ?? (settings.port || "http");
  return { [key]: { httpGet: { path, port: asked }, ...usual, ...timing } };
}

function toEnvFrom(given: unknown): unknown {
  const { type, name, prefix } = (given ?? {}) as { type?: string; name?: string; prefix?: string };
  if (type !== "configMap" && type !== "secret") return given;
  const source = type === "configMap" ? { configMapRef: { name } } : { secretRef: { name } };
  return { ...source, ...(prefix && { prefix }) };
}

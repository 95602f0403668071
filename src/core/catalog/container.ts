import { type Static, Type } from "typebox";
import { containerPorts } from "../relations/ports.ts";
import { resourceFaults } from "./amounts.ts";
import { toEnv, toEnvFrom } from "./env.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, image, listOf, port, portName, quantity, texts } from "./fields.ts";
import { hinted } from "./hints.ts";
import type { Surroundings } from "./kind.ts";
import { probeSettings, toProbes } from "./probes.ts";
import { duplicateFaults, type Keys, pointer, toTexts } from "./text-values.ts";

const amounts = (title: string) => Type.Record(Type.String(), quantity(title), { title, blanks: "left out" });

const containerPort = Type.Object(
  {
    name: Type.Optional(portName("Port name")),
    containerPort: port("Port", 1),
    protocol: Type.Optional(Type.Enum(["TCP", "UDP", "SCTP"], { title: "Protocol" })),
    hostPort: Type.Optional(port("Host port")),
    hostIP: Type.Optional(Type.String({ title: "Host address" })),
  },
  { title: "Port" },
);

/** What one container is told, in a workload's own settings and in each of its `containers`. */
export const containerSettings = hinted(
  {
    image: Type.Optional(image),
    imagePullPolicy: Type.Optional(
      Type.Enum(["Always", "IfNotPresent", "Never"], { title: "Image pull policy" }),
    ),
    command: Type.Optional(texts("Command")),
    args: Type.Optional(texts("Arguments")),
    workingDir: Type.Optional(Type.String({ title: "Working directory" })),
    port: Type.Optional(port("Port")),
    ports: Type.Optional(listOf("Ports", containerPort)),
    env: Type.Optional(Type.Unknown({ title: "Environment" })),
    envFrom: Type.Optional(Type.Array(Type.Unknown(), { title: "Environment from" })),
    resources: Type.Optional(
      Type.Object(
        { requests: Type.Optional(amounts("Requests")), limits: Type.Optional(amounts("Limits")) },
        { title: "Resources" },
      ),
    ),
    ...probeSettings,
    lifecycle: Type.Optional(asKubernetes("Lifecycle")),
  },
  {
    image: {
      order: 10,
      widget: "image",
      description: "What runs, with its tag or digest.",
      examples: ["ghcr.io/acme/api:1.4.2"],
    },
    port: { order: 30, description: "Where the program listens." },
    env: {
      order: 40,
      widget: "environment",
      description: "Variables the program sees; values that are secret belong in a Secret.",
    },
    resources: { order: 50, description: "What it is promised, and what it may use at most." },
    imagePullPolicy: {
      group: "Container",
      description: "Whether the image is fetched again when there is one.",
    },
    command: {
      group: "Container",
      description: "Instead of the image's entry point; one row for each argument.",
    },
    args: { group: "Container", description: "For the entry point; one row for each argument." },
    workingDir: { group: "Container" },
    ports: {
      group: "Container",
      description: "Further ports, or ones with a name, a protocol or a port of the machine.",
    },
    lifecycle: { group: "Container", description: "What is done after the start and before the end." },
    envFrom: {
      group: "Environment",
      widget: "environment-from",
      description: "All keys of a ConfigMap or Secret as variables.",
    },
    livenessProbe: {
      group: "Health checks",
      widget: "probe",
      description: "Restarts the container when it fails.",
    },
    readinessProbe: {
      group: "Health checks",
      widget: "probe",
      description: "Sends no traffic while it fails.",
    },
    startupProbe: {
      group: "Health checks",
      widget: "probe",
      description: "The other two wait until it has passed.",
    },
  },
);

const ContainerSettings = Type.Object(containerSettings);
export type ContainerSettings = Static<typeof ContainerSettings>;

export type Container = Record<string, unknown> & { name: string };

/** One container as Kubernetes wants it. `at` is where its settings are. */
export function toContainer(
  name: string,
  settings: ContainerSettings,
  at: Keys,
  around: Pick<Surroundings, "nodeById">,
): { container: Container; faults: Fault[] } {
  const { env, faults } = toEnv(settings.env, [...at, "env"], around);
  const from = toEnvFrom(settings.envFrom ?? [], [...at, "envFrom"], around);
  const { imagePullPolicy, command, args, workingDir, lifecycle } = settings;
  const ports = containerPorts(settings);
  const resources = resourcesOf(settings);
  const { probes, faults: unclear } = toProbes(settings, ports[0]?.containerPort, at);
  const container = {
    name,
    image: (settings.image ?? "").trim(),
    ...(imagePullPolicy && { imagePullPolicy }),
    ...(command && { command }),
    ...(args && { args }),
    ...(workingDir && { workingDir }),
    ...(ports.length > 0 && { ports }),
    ...(env.length > 0 && { env }),
    ...(from.envFrom.length > 0 && { envFrom: from.envFrom }),
    ...(resources && { resources }),
    ...probes,
    ...(lifecycle && { lifecycle }),
  };
  return { container, faults: [...faults, ...from.faults, ...unclear, ...ownFaults(settings, at)] };
}

function ownFaults(settings: ContainerSettings, at: Keys): Fault[] {
  return [...portFaults(settings, at), ...resourceFaults(settings.resources ?? {}, [...at, "resources"])];
}

function resourcesOf({ resources }: ContainerSettings) {
  return (
    resources && {
      ...(resources.requests && { requests: toTexts(resources.requests) }),
      ...(resources.limits && { limits: toTexts(resources.limits) }),
    }
  );
}

function portFaults({ ports = [] }: ContainerSettings, at: Keys): Fault[] {
  const path = (key: string) => (index: number) => pointer(...at, "ports", index, key);
  type Port = NonNullable<ContainerSettings["ports"]>[number];
  const numbered = ({ containerPort: number, protocol = "TCP" }: Port) => `${number}/${protocol}`;
  return [
    ...duplicateFaults(ports, ({ name }) => name, path("name"), "The port name"),
    ...duplicateFaults(ports, numbered, path("containerPort"), "The port"),
  ];
}

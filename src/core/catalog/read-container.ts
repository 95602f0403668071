import { asMap, asMaps, filled, given, type Said } from "./read-metadata.ts";
import { pick } from "./text-values.ts";

const passed = [
  "image",
  "imagePullPolicy",
  "command",
  "args",
  "workingDir",
  "resources",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
];

/** A container as settings; what there is no setting for is left. */
export function readContainer(container: Said, said: Said): Record<string, unknown> {
  return given({
    ...pick(container, passed),
    ...readProbes(container, said),
    ...readPorts(container, said),
    env: readEnv(asMaps(container.env), said.env),
    envFrom: filled(asMaps(container.envFrom).map(readSource)),
  });
}

/** The first port is the one that settings call the port, if it says no more than that. */
function readPorts(container: Said, said: Said): Record<string, unknown> {
  const ports = asMaps(container.ports).map((each) => ({ protocol: "TCP", ...each }));
  const [first, ...rest] = ports as Record<string, unknown>[];
  const { containerPort, protocol, name, ...more } = first ?? {};
  const hasHttp = rest.some((each) => each.name === "http");
  const isPlain =
    protocol === "TCP" && Object.keys(more).length === 0 && (name === "http" || (hasHttp && !name));
  if (typeof containerPort !== "number" || !isPlain || (said.port === undefined && said.ports !== undefined))
    return { ports: filled(ports) };
  return { port: containerPort, ports: filled(rest) };
}

/** A map where names and values are all there is, which they nearly always are. */
function readEnv(list: readonly Record<string, unknown>[], said: unknown): unknown {
  const names = new Set(list.map(({ name }) => name));
  if (list.length === 0) return undefined;
  if (Array.isArray(said) || names.size < list.length) return list;
  return Object.fromEntries(
    list.map(({ name, value, valueFrom }) => [
      String(name),
      valueFrom === undefined ? (value ?? "") : { valueFrom },
    ]),
  );
}

function readSource(source: Record<string, unknown>): Record<string, unknown> {
  const type = source.configMapRef ? "configMap" : "secret";
  const { name, optional } = asMap(source.configMapRef ?? source.secretRef);
  return given({ type, name, prefix: source.prefix, optional });
}

const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** A probe that was said in short is read in short, as long as it asks for a path on a port. */
function readProbes(container: Said, said: Said): Record<string, unknown> {
  const short = probes.flatMap((key) => {
    const { httpGet, ...timing } = asMap(container[key]);
    const { path, port, ...more } = asMap(httpGet);
    const before = asMap(said[key]);
    const wasShort =
      Object.keys(before).length > 0 &&
      !["httpGet", "tcpSocket", "exec", "grpc"].some((each) => before[each]);
    if (!wasShort || httpGet === undefined || Object.keys(more).length > 0) return [];
    return [[key, given({ path, port, ...timing })] as const];
  });
  return Object.fromEntries(short);
}

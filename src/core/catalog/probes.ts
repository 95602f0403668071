import { type Static, Type } from "typebox";
import type { Fault } from "./fault.ts";
import { asKubernetes, asPort, portOrName, wholeNumber } from "./fields.ts";
import { hinted } from "./hints.ts";
import { isMap, type Keys, pick, pointer } from "./text-values.ts";

const probe = (title: string, mostSuccesses?: number) =>
  Type.Object(
    hinted(
      {
        path: Type.Optional(Type.String({ title: "Path" })),
        port: Type.Optional(portOrName("Port", 1)),
        initialDelaySeconds: Type.Optional(wholeNumber("Wait at first")),
        periodSeconds: Type.Optional(wholeNumber("Every", 1)),
        timeoutSeconds: Type.Optional(wholeNumber("Time out", 1)),
        successThreshold: Type.Optional(wholeNumber("Successes", 1, mostSuccesses)),
        failureThreshold: Type.Optional(wholeNumber("Failures", 1)),
        terminationGracePeriodSeconds: Type.Optional(wholeNumber("Termination grace period", 1)),
        httpGet: Type.Optional(asKubernetes("HTTP request")),
        tcpSocket: Type.Optional(asKubernetes("TCP connection")),
        exec: Type.Optional(asKubernetes("Command")),
        grpc: Type.Optional(asKubernetes("gRPC request")),
      },
      {
        initialDelaySeconds: { unit: "s" },
        periodSeconds: { unit: "s" },
        timeoutSeconds: { unit: "s" },
        terminationGracePeriodSeconds: { unit: "s" },
      },
    ),
    { title },
  );

// Only readiness may take more than one success.
export const probeSettings = {
  livenessProbe: Type.Optional(probe("Liveness probe", 1)),
  readinessProbe: Type.Optional(probe("Readiness probe")),
  startupProbe: Type.Optional(probe("Startup probe", 1)),
};
type Probes = Partial<Record<ProbeKey, Static<ReturnType<typeof probe>>>>;
type ProbeKey = keyof typeof usual;

/** What the short form leaves open. */
const usual = {
  livenessProbe: { path: "/health", timing: { initialDelaySeconds: 30, periodSeconds: 10 } },
  readinessProbe: { path: "/ready", timing: { initialDelaySeconds: 5, periodSeconds: 5 } },
  startupProbe: { path: "/health", timing: { periodSeconds: 10, failureThreshold: 30 } },
} as const;

const handlers = ["httpGet", "tcpSocket", "exec", "grpc"] as const;
const timings = [
  "initialDelaySeconds",
  "periodSeconds",
  "timeoutSeconds",
  "successThreshold",
  "failureThreshold",
  "terminationGracePeriodSeconds",
];

/** A container's probes: Kubernetes' own form, or a path that is asked for over HTTP on the container's port. */
export function toProbes(
  given: Probes,
  port: number | string | undefined,
  at: Keys,
): { probes: Record<string, unknown>; faults: Fault[] } {
  const faults: Fault[] = [];
  const probes = Object.keys(usual).flatMap((key) => {
    const probe = given[key as ProbeKey];
    if (!probe || Object.keys(probe).length === 0) return [];
    const made = toProbe(key as ProbeKey, probe, port);
    if (typeof made === "string")
      faults.push({ path: pointer(...at, key), code: "probe-unclear", message: made });
    return [[key, made] as const];
  });
  return { probes: Object.fromEntries(probes), faults };
}

/** The probe, or what is wrong with it. */
function toProbe(key: ProbeKey, given: NonNullable<Probes[ProbeKey]>, port: number | string | undefined) {
  const [handler, ...others] = handlers.filter((each) => given[each] !== undefined);
  if (others.length > 0) return "A probe asks in one way: httpGet, tcpSocket, exec or grpc";
  const { path: usualPath, timing } = usual[key];
  const asked = given.port === undefined ? port : asPort(given.port);
  const own = handler === undefined ? { path: given.path ?? usualPath } : given[handler];
  const said = pick(given, timings);
  if (handler === "exec") return { exec: own, ...said };
  const withPort = { ...own, ...portOf(own, asked) };
  if (!("port" in withPort)) return "The probe does not say on which port, and the container declares none";
  return handler === undefined ? { httpGet: withPort, ...timing, ...said } : { [handler]: withPort, ...said };
}

function portOf(own: unknown, asked: number | string | undefined) {
  const { port } = isMap(own) ? own : {};
  if (typeof port === "number" || typeof port === "string") return { port: asPort(port) };
  return asked === undefined ? {} : { port: asked };
}

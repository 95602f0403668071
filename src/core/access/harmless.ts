import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { forbidden } from "../problem.ts";
import { demandNamespace, demandRole, type Grant } from "./grant.ts";

type Values = Record<string, unknown>;

/**
 * Refuses, with 403 and the reason, what would reach beyond the namespaces somebody was given: other places, what is in
 * none, rights and limits, and pods that get at the machine they run on. The whole cluster is for those who have it.
 */
export function demandHarmless(grant: Grant, object: KubernetesObject): void {
  if (grant.namespaces.length === 0) return;
  const { kind, metadata } = object;
  const refuse = (reason: string) =>
    forbidden(
      `${kind} “${metadata.name}”: ${reason}, and your access to this cluster is limited to namespaces`,
    );
  if (!metadata.namespace) throw refuse("it belongs to no namespace");
  demandNamespace(grant, metadata.namespace);
  if (isGuard(object)) throw refuse("it says what may be done in a namespace");
  for (const spec of podSpecsIn(object)) {
    const [fault] = faultsOf(spec);
    if (fault) throw refuse(fault);
  }
}

/** Refuses a single request that somebody may not make by what they were given. */
export function demandRequest(
  grant: Grant,
  { isWrite, namespace, body }: { isWrite: boolean; namespace: string; body?: unknown },
): void {
  if (isWrite) demandRole(grant, "editor");
  if (isObject(body)) demandHarmless(grant, body);
  demandNamespace(grant, namespace);
}

function isObject(body: unknown): body is KubernetesObject {
  return isMap(body) && typeof body.kind === "string" && isMap(body.metadata);
}

/** What those who run a cluster decide; the `edit` role of Kubernetes does not reach it either. */
function isGuard({ apiVersion, kind }: KubernetesObject): boolean {
  const guards = ["ResourceQuota", "LimitRange", "Endpoints", "EndpointSlice"];
  return apiVersion.startsWith("rbac.authorization.k8s.io/") || guards.includes(kind);
}

/** Wherever an object describes pods: also kinds that only this cluster knows. */
function podSpecsIn(value: unknown): Values[] {
  if (Array.isArray(value)) return value.flatMap(podSpecsIn);
  if (!isMap(value)) return [];
  const inner = Object.values(value).flatMap(podSpecsIn);
  return Array.isArray(value.containers) ? [value, ...inner] : inner;
}

/** The baseline of the Pod Security Standards. */
function faultsOf(spec: Values): string[] {
  const containers = ["containers", "initContainers", "ephemeralContainers"].flatMap((key) =>
    mapsIn(spec[key]),
  );
  return [
    ...["hostNetwork", "hostPID", "hostIPC"]
      .filter((key) => spec[key] === true)
      .map((key) => `it sets ${key}`),
    ...mapsIn(spec.volumes)
      .filter(({ hostPath }) => hostPath !== undefined)
      .map(() => "it mounts a hostPath"),
    ...contextFaults(spec.securityContext),
    ...containers.flatMap((container) => [
      ...contextFaults(container.securityContext),
      ...mapsIn(container.ports)
        .filter(({ hostPort }) => hostPort !== undefined && hostPort !== 0)
        .map(() => "it takes a hostPort"),
    ]),
  ];
}

const usualCapabilities = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

const safeSysctls = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

const seLinuxTypes = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** Of a pod's security context, or of one of its containers'. */
function contextFaults(given: unknown): string[] {
  const context = mapOf(given);
  const added = listOf(mapOf(context.capabilities).add).map(String);
  const seLinux = mapOf(context.seLinuxOptions);
  const wrong: [boolean, string][] = [
    [context.privileged === true, "it runs a privileged container"],
    [mapOf(context.windowsOptions).hostProcess === true, "it runs a host process"],
    [added.some((name) => !usualCapabilities.has(name)), `it adds the capabilities ${added.join(", ")}`],
    [mapOf(context.seccompProfile).type === "Unconfined", "it runs without seccomp"],
    [mapOf(context.appArmorProfile).type === "Unconfined", "it runs without AppArmor"],
    [(context.procMount ?? "Default") !== "Default", "it unmasks /proc"],
    [
      Boolean(seLinux.user || seLinux.role) || !seLinuxTypes.includes(String(seLinux.type ?? "")),
      "it chooses its SELinux labels",
    ],
    [mapsIn(context.sysctls).some(({ name }) => !safeSysctls.has(String(name))), "it sets kernel parameters"],
  ];
  return wrong.flatMap(([isWrong, reason]) => (isWrong ? [reason] : []));
}

function mapOf(value: unknown): Values {
  return isMap(value) ? value : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapsIn(value: unknown): Values[] {
  return listOf(value).filter(isMap);
}

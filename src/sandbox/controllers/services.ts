import { at, type JsonMap, list, map, type Obj, text } from "../objects.ts";
import { hashOf, ownedBy, type System } from "../system.ts";
import { isEnding, isFinished, isReady } from "./pods.ts";

/** The addresses behind a service: its pods, and whether they are ready. */
export function reconcileService(system: System, service: Obj): void {
  const selector = map(service.spec?.selector);
  const { name, namespace = "", deletionTimestamp, labels = {} } = service.metadata;
  if (deletionTimestamp || Object.keys(selector).length === 0 || service.spec?.type === "ExternalName")
    return;
  const pods = system
    .list("Pod", namespace)
    .filter(({ metadata }) =>
      Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value),
    )
    .filter((pod) => text(pod.status?.podIP) && !isFinished(pod));
  const ports = list(service.spec?.ports).map((port) => portBehind(port, pods));
  keep(
    system,
    service,
    "Endpoints",
    name,
    { ...labels, "endpoints.kubernetes.io/managed-by": "endpoint-controller" },
    { subsets: subsetsOf(pods, ports) },
  );
  const sliceLabels = {
    ...labels,
    "kubernetes.io/service-name": name,
    "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
  };
  const slice = { addressType: "IPv4", endpoints: pods.map(endpointOf), ports };
  keep(
    system,
    service,
    "EndpointSlice",
    `${name}-${hashOf(service.metadata.uid).slice(0, 5)}`,
    sliceLabels,
    slice,
  );
}

function keep(
  system: System,
  service: Obj,
  kind: "Endpoints" | "EndpointSlice",
  name: string,
  labels: JsonMap,
  content: JsonMap,
): void {
  const { namespace = "" } = service.metadata;
  const known = system.find(kind, namespace, name);
  if (known) system.change(known, (draft) => Object.assign(draft, content), "", "kube-controller-manager");
  else {
    const ownerReferences = ownedBy(service);
    system.create(kind, { metadata: { name, namespace, labels, ownerReferences }, ...content });
  }
}

/** A target named by a port's name is what the pods call so. */
function portBehind({ name, port, protocol, targetPort }: JsonMap, pods: readonly Obj[]): JsonMap {
  const named = pods
    .flatMap(({ spec }) => list(spec?.containers))
    .flatMap((container) => list(container.ports))
    .find((each) => each.name === targetPort);
  const number = typeof targetPort === "number" ? targetPort : (named?.containerPort ?? port ?? 0);
  return { name: text(name), port: number, protocol: text(protocol, "TCP") };
}

const referenceOf = ({ metadata: { name, namespace, uid } }: Obj) => ({ kind: "Pod", name, namespace, uid });

function endpointOf(pod: Obj): JsonMap {
  const isServing = isReady(pod);
  return {
    addresses: [text(pod.status?.podIP)],
    conditions: { ready: isServing && !isEnding(pod), serving: isServing, terminating: isEnding(pod) },
    targetRef: referenceOf(pod),
    nodeName: text(pod.spec?.nodeName),
    zone: `zone-${text(pod.spec?.nodeName).slice(-1)}`,
  };
}

function subsetsOf(pods: readonly Obj[], ports: readonly JsonMap[]): JsonMap[] {
  const addressOf = (pod: Obj) => ({
    ip: text(pod.status?.podIP),
    nodeName: text(pod.spec?.nodeName),
    targetRef: referenceOf(pod),
  });
  const live = pods.filter((pod) => !isEnding(pod));
  const ready = live.filter(isReady).map(addressOf);
  const waiting = live.filter((pod) => !isReady(pod)).map(addressOf);
  if (ready.length + waiting.length === 0) return [];
  return [
    {
      ...(ready.length > 0 && { addresses: ready }),
      ...(waiting.length > 0 && { notReadyAddresses: waiting }),
      ports: [...ports],
    },
  ];
}

const addressMs = 900;

/** An ingress of a known class gets its address after a moment. */
export function reconcileIngress(system: System, ingress: Obj): void {
  const isKnown = system.find("IngressClass", "", text(ingress.spec?.ingressClassName)) !== undefined;
  if (!isKnown || at(ingress.status, "loadBalancer", "ingress") !== undefined) return;
  giveAddress(system, ingress, "203.0.113.10", "ingress-controller");
}

/** A load balancer has none either, unless somebody says what it would be. */
export function reconcileBalancer(system: System, service: Obj): void {
  const address = service.metadata.annotations?.["sandbox.orrery.dev/address"];
  if (
    service.spec?.type !== "LoadBalancer" ||
    !address ||
    at(service.status, "loadBalancer", "ingress") !== undefined
  )
    return;
  giveAddress(system, service, address, "cloud-controller-manager");
}

function giveAddress(system: System, object: Obj, ip: string, manager: string): void {
  const set = (draft: Obj) => {
    draft.status = { ...draft.status, loadBalancer: { ingress: [{ ip }] } };
  };
  system.after(addressMs, () => system.change(object, set, "status", manager));
}

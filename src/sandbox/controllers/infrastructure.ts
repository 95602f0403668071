import { at, type JsonMap, list, map, type Obj, text } from "../objects.ts";
import type { Resource } from "../resources.ts";
import type { Store } from "../store.ts";
import { ownedBy, type System, withCondition } from "../system.ts";
import { isReady } from "./pods.ts";

/** The addresses behind a service: its ready pods. */
export function reconcileService(system: System, service: Obj): void {
  const selector = map(service.spec?.selector);
  if (service.metadata.deletionTimestamp || Object.keys(selector).length === 0) return;
  const { name, namespace = "" } = service.metadata;
  const pods = system
    .list("Pod", namespace)
    .filter(
      ({ metadata, status }) =>
        Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value) &&
        text(status?.podIP),
    );
  const endpoints = pods.map((pod) => ({
    addresses: [text(pod.status?.podIP)],
    conditions: { ready: isReady(pod), serving: isReady(pod), terminating: false },
    targetRef: { kind: "Pod", name: pod.metadata.name, namespace, uid: pod.metadata.uid },
    nodeName: text(pod.spec?.nodeName),
  }));
  const ports = list(service.spec?.ports).map(({ name: portName, port, protocol, targetPort }) => ({
    name: text(portName),
    port: typeof targetPort === "number" ? targetPort : (port ?? 0),
    protocol: text(protocol, "TCP"),
  }));
  const known = system.find("EndpointSlice", namespace, `${name}-1`);
  if (known) {
    system.change(
      known,
      (draft) => Object.assign(draft, { endpoints, ports }),
      "",
      "endpointslice-controller",
    );
    return;
  }
  const metadata = {
    name: `${name}-1`,
    namespace,
    labels: { "kubernetes.io/service-name": name },
    ownerReferences: ownedBy(service),
  };
  system.create("EndpointSlice", { metadata, addressType: "IPv4", endpoints, ports } as JsonMap);
}

/** An ingress of a known class gets its address after a moment. */
export function reconcileIngress(system: System, ingress: Obj): void {
  const isKnown = system.find("IngressClass", "", text(ingress.spec?.ingressClassName)) !== undefined;
  if (!isKnown || at(ingress.status, "loadBalancer", "ingress") !== undefined) return;
  const address = { loadBalancer: { ingress: [{ ip: "203.0.113.10" }] } };
  system.after(900, () =>
    system.change(ingress, (draft) => (draft.status = address), "status", "ingress-controller"),
  );
}

/** A claim is bound to a volume made for it, at once or when a pod uses it, as its class says. */
export function reconcileClaim(system: System, claim: Obj): void {
  if (claim.status?.phase === "Bound" || claim.metadata.deletionTimestamp) return;
  if (claim.status?.phase === undefined)
    system.change(claim, (draft) => (draft.status = { phase: "Pending" }), "status");
  const storage = system.find("StorageClass", "", text(claim.spec?.storageClassName));
  if (!storage) {
    system.event(
      claim,
      "Warning",
      "ProvisioningFailed",
      `storageclass.storage.k8s.io "${text(claim.spec?.storageClassName)}" not found`,
    );
    return;
  }
  const { volumeBindingMode } = storage as { volumeBindingMode?: string };
  if (volumeBindingMode === "WaitForFirstConsumer" && !isUsed(system, claim)) {
    system.event(
      claim,
      "Normal",
      "WaitForFirstConsumer",
      "waiting for first consumer to be created before binding",
    );
    return;
  }
  system.after(300, () => bind(system, claim));
}

function isUsed(system: System, { metadata }: Obj): boolean {
  return system
    .list("Pod", metadata.namespace)
    .some(
      ({ spec }) =>
        text(spec?.nodeName) !== "" &&
        list(spec?.volumes).some((volume) => map(volume.persistentVolumeClaim).claimName === metadata.name),
    );
}

function bind(system: System, claim: Obj): void {
  const live = system.current(claim);
  if (!live || live.status?.phase === "Bound") return;
  const { name, namespace = "", uid } = live.metadata;
  const volumeName = `pvc-${uid}`;
  const capacity = { storage: at(live.spec, "resources", "requests", "storage") ?? "1Gi" };
  const accessModes = live.spec?.accessModes ?? ["ReadWriteOnce"];
  if (!system.find("PersistentVolume", "", volumeName)) {
    const claimRef = { kind: "PersistentVolumeClaim", namespace, name, uid };
    const spec = {
      capacity,
      accessModes,
      claimRef,
      storageClassName: live.spec?.storageClassName,
      persistentVolumeReclaimPolicy: "Delete",
    };
    const volume = system.create("PersistentVolume", { metadata: { name: volumeName }, spec } as JsonMap);
    system.change(volume, (draft) => (draft.status = { phase: "Bound" }), "status");
  }
  system.change(live, (draft) => (draft.spec = { ...draft.spec, volumeName }));
  system.change(live, (draft) => (draft.status = { phase: "Bound", accessModes, capacity }), "status");
}

/** A namespace has what every namespace has; on its way out it takes all its content along. */
export function reconcileNamespace(system: System, namespace: Obj, store: Store): void {
  const { name, deletionTimestamp } = namespace.metadata;
  if (deletionTimestamp) return empty(system, namespace, store);
  if (namespace.status?.phase === undefined)
    system.change(namespace, (draft) => (draft.status = { phase: "Active" }), "status");
  if (!system.find("ServiceAccount", name, "default"))
    system.create("ServiceAccount", { metadata: { name: "default", namespace: name } });
  if (!system.find("ConfigMap", name, "kube-root-ca.crt"))
    system.create("ConfigMap", {
      metadata: { name: "kube-root-ca.crt", namespace: name },
      data: { "ca.crt": "simulated" },
    });
  return undefined;
}

function empty(system: System, namespace: Obj, store: Store): void {
  const { name } = namespace.metadata;
  const content = store.everything().filter(({ object }) => object.metadata.namespace === name);
  for (const { object } of content) if (!object.metadata.deletionTimestamp) system.remove(object);
  const left = store.everything().some(({ object }) => object.metadata.namespace === name);
  if (left) system.after(200, () => empty(system, namespace, store));
  else system.after(100, () => forget(system, namespace, store));
}

function forget(system: System, namespace: Obj, store: Store): void {
  const live = system.current(namespace);
  const resource = store.resourceOf("v1", "Namespace");
  if (live && resource) store.remove(resource, live);
}

/** A definition makes its kind served. */
export function reconcileDefinition(system: System, definition: Obj, store: Store): void {
  const { spec = {} } = definition;
  const names = map(spec.names);
  for (const version of list(spec.versions)) {
    const isServed = store.resources.some(
      (each) => each.group === spec.group && each.version === version.name && each.kind === names.kind,
    );
    if (isServed || version.served !== true) continue;
    const resource: Resource = {
      group: text(spec.group),
      version: text(version.name),
      kind: text(names.kind),
      plural: text(names.plural),
      isNamespaced: spec.scope === "Namespaced",
      hasGeneration: true,
      hasStatus: map(version.subresources).status !== undefined,
      isScalable: false,
      shortNames: [],
    };
    store.resources.push(resource);
  }
  system.change(
    definition,
    (draft) => {
      const conditions = withCondition(
        list(draft.status?.conditions),
        "Established",
        "True",
        "InitialNamesAccepted",
        "the initial names have been accepted",
      );
      draft.status = {
        ...draft.status,
        acceptedNames: names,
        conditions,
        storedVersions: list(spec.versions).map(({ name }) => text(name)),
      };
    },
    "status",
  );
}

import type { Obj } from "../objects.ts";
import type { Store } from "../store.ts";
import type { System } from "../system.ts";

const lookMs = 200;
const lastMs = 100;

/** A namespace has what every namespace has; on its way out it takes all its content along. */
export function reconcileNamespace(system: System, namespace: Obj, store: Store): void {
  const { name, uid, deletionTimestamp } = namespace.metadata;
  if (deletionTimestamp) {
    if (system.busy.has(`namespace ${uid}`)) return;
    system.busy.add(`namespace ${uid}`);
    empty(system, namespace, store);
    return;
  }
  if (!system.find("ServiceAccount", name, "default"))
    system.create("ServiceAccount", { metadata: { name: "default", namespace: name } });
  if (!system.find("ConfigMap", name, "kube-root-ca.crt"))
    system.create("ConfigMap", {
      metadata: { name: "kube-root-ca.crt", namespace: name },
      data: { "ca.crt": "simulated" },
    });
}

/** Again and again, as pods take a moment and claims wait for them. */
function empty(system: System, namespace: Obj, store: Store): void {
  const { name } = namespace.metadata;
  const content = () => store.everything().filter(({ object }) => object.metadata.namespace === name);
  for (const { object } of content()) if (!object.metadata.deletionTimestamp) system.remove(object);
  if (content().length > 0) system.retry(lookMs, () => empty(system, namespace, store));
  else system.after(lastMs, () => forget(system, namespace, store));
}

function forget(system: System, namespace: Obj, store: Store): void {
  system.busy.delete(`namespace ${namespace.metadata.uid}`);
  const live = system.current(namespace);
  const resource = store.resourceOf("v1", "Namespace");
  if (live && resource) store.remove(resource, live);
}

import { at, type Obj, text } from "./objects.ts";
import type { Resource } from "./resources.ts";
import { forbidden, StatusError } from "./status.ts";
import type { Store } from "./store.ts";

/** What stands between a well-formed new object and its being stored: what is already there. */
export function admit(store: Store, resource: Resource, object: Obj): void {
  const { namespace = "", name } = object.metadata;
  if (resource.isNamespaced) refuseNamespace(store, resource, namespace, name);
  usualStorageClass(store, object);
  if (object.kind === "Pod") admitPod(store, resource, object);
}

function refuseNamespace(store: Store, resource: Resource, namespace: string, name: string): void {
  const namespaces = store.resourceOf("v1", "Namespace");
  const found = namespaces && store.find(namespaces, "", namespace);
  if (!found)
    throw new StatusError(404, "NotFound", `namespaces "${namespace}" not found`, {
      name: namespace,
      kind: "namespaces",
    });
  if (!found.metadata.deletionTimestamp) return;
  throw forbidden(
    resource,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [
      {
        reason: "NamespaceTerminating",
        message: `namespace ${namespace} is being terminated`,
        field: "metadata.namespace",
      },
    ],
  );
}

/** A claim that names no class is given the usual one, as it is made. */
function usualStorageClass(store: Store, object: Obj): void {
  if (object.kind !== "PersistentVolumeClaim" || !object.spec || object.spec.storageClassName !== undefined)
    return;
  const classes = store.resourceOf("storage.k8s.io/v1", "StorageClass");
  const mark = "storageclass.kubernetes.io/is-default-class";
  const usual = classes && store.all(classes).find(({ metadata }) => metadata.annotations?.[mark] === "true");
  if (usual) object.spec.storageClassName = usual.metadata.name;
}

function admitPod(store: Store, resource: Resource, { spec, metadata }: Obj): void {
  const { namespace = "", name } = metadata;
  const priority = text(at(spec, "priorityClassName"));
  if (priority && !priority.startsWith("system-"))
    throw forbidden(resource, name, `no PriorityClass with name ${priority} was found`);
  const account = text(at(spec, "serviceAccountName"));
  const accounts = store.resourceOf("v1", "ServiceAccount");
  // Every namespace gets its usual account a moment after it is made.
  if (account && account !== "default" && accounts && !store.find(accounts, namespace, account))
    throw forbidden(
      resource,
      name,
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
}

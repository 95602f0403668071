/** A kind the server knows: where it is served and how it behaves. */
export interface Resource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  isNamespaced: boolean;
  /** Its generation counts changes of the spec. */
  hasGeneration: boolean;
  hasStatus: boolean;
  isScalable: boolean;
  shortNames: readonly string[];
}

const kinds = `
v1 Namespace namespaces cluster - status ns
v1 Node nodes cluster - status no
v1 Pod pods namespaced generation status po
v1 Service services namespaced - status svc
v1 Endpoints endpoints namespaced - - ep
v1 ConfigMap configmaps namespaced - - cm
v1 Secret secrets namespaced - - -
v1 PersistentVolumeClaim persistentvolumeclaims namespaced - status pvc
v1 PersistentVolume persistentvolumes cluster - status pv
v1 ServiceAccount serviceaccounts namespaced - - sa
v1 Event events namespaced - - ev
v1 ResourceQuota resourcequotas namespaced - status quota
v1 LimitRange limitranges namespaced - - limits
apps/v1 Deployment deployments namespaced generation status,scale deploy
apps/v1 StatefulSet statefulsets namespaced generation status,scale sts
apps/v1 DaemonSet daemonsets namespaced generation status ds
apps/v1 ReplicaSet replicasets namespaced generation status,scale rs
apps/v1 ControllerRevision controllerrevisions namespaced - - -
batch/v1 Job jobs namespaced generation status -
batch/v1 CronJob cronjobs namespaced generation status cj
networking.k8s.io/v1 Ingress ingresses namespaced generation status ing
networking.k8s.io/v1 NetworkPolicy networkpolicies namespaced generation - netpol
networking.k8s.io/v1 IngressClass ingressclasses cluster generation - -
autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers namespaced - status hpa
policy/v1 PodDisruptionBudget poddisruptionbudgets namespaced generation status pdb
storage.k8s.io/v1 StorageClass storageclasses cluster - - sc
discovery.k8s.io/v1 EndpointSlice endpointslices namespaced generation - -
rbac.authorization.k8s.io/v1 Role roles namespaced - - -
rbac.authorization.k8s.io/v1 RoleBinding rolebindings namespaced - - -
rbac.authorization.k8s.io/v1 ClusterRole clusterroles cluster - - -
rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings cluster - - -
apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions cluster generation status crd,crds
`;

export const builtIn: readonly Resource[] = kinds
  .trim()
  .split("\n")
  .map((line) => {
    const [apiVersion = "", kind = "", plural = "", scope, generation, subresources = "", names = "-"] =
      line.split(" ");
    const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
    return {
      group,
      version,
      kind,
      plural,
      isNamespaced: scope === "namespaced",
      hasGeneration: generation === "generation",
      hasStatus: subresources.includes("status"),
      isScalable: subresources.includes("scale"),
      shortNames: names === "-" ? [] : names.split(","),
    };
  });

export const apiVersionOf = ({ group, version }: Pick<Resource, "group" | "version">): string =>
  group ? `${group}/${version}` : version;

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/** What `kubectl get all` shows. */
const inAll = new Set(["pods", "services", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs", "horizontalpodautoscalers"]);

/** `GET /apis/<group>/<version>`: what is served there. */
export function resourceList(groupVersion: string, resources: readonly Resource[]) {
  const described = resources.flatMap(({ kind, plural, isNamespaced, hasStatus, isScalable, shortNames }) => {
    const base = { singularName: kind.toLowerCase(), namespaced: isNamespaced, kind };
    const some = { ...base, singularName: "", verbs: ["get", "patch", "update"] };
    return [
      { name: plural, ...base, verbs, ...(inAll.has(plural) && { categories: ["all"] }), ...(shortNames.length > 0 && { shortNames }) },
      ...(hasStatus ? [{ name: `${plural}/status`, ...some }] : []),
      ...(isScalable
        ? [{ name: `${plural}/scale`, ...some, group: "autoscaling", version: "v1", kind: "Scale" }]
        : []),
      ...(plural === "pods" ? [{ name: "pods/log", ...some, verbs: ["get"] }] : []),
    ];
  });
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: described };
}

/** `GET /apis`: the groups, each with its versions. */
export function groupList(resources: readonly Resource[]) {
  const names = [...new Set(resources.map(({ group }) => group))].filter(Boolean);
  const groups = names.map((name) => {
    const versions = [
      ...new Set(resources.filter(({ group }) => group === name).map(({ version }) => version)),
    ];
    const told = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions: told, preferredVersion: told[0] };
  });
  return { kind: "APIGroupList", apiVersion: "v1", groups };
}

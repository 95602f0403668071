import { type JsonMap, list, map, text } from "./objects.ts";

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

/** The kinds a CustomResourceDefinition makes: one for each version that is served. */
export function resourcesOfDefinition(spec: JsonMap): Resource[] {
  const names = map(spec.names);
  return list(spec.versions)
    .filter(({ served }) => served === true)
    .map(({ name, subresources }) => ({
      group: text(spec.group),
      version: text(name),
      kind: text(names.kind),
      plural: text(names.plural),
      isNamespaced: spec.scope === "Namespaced",
      hasGeneration: true,
      hasStatus: map(subresources).status !== undefined,
      isScalable: false,
      shortNames: Array.isArray(names.shortNames) ? names.shortNames.map(String) : [],
    }));
}

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/** What `kubectl get all` shows. */
const inAll = new Set(
  "pods services deployments statefulsets daemonsets replicasets jobs cronjobs horizontalpodautoscalers".split(
    " ",
  ),
);

/** A kind as discovery tells of it; one that is not kept says what can be done with it. */
export type Discovered = Pick<Resource, "group" | "version" | "kind" | "plural" | "isNamespaced"> &
  Partial<Resource> & { verbs?: readonly string[] };

/** `GET /apis/<group>/<version>`: what is served there. */
export function resourceList(groupVersion: string, resources: readonly Discovered[]) {
  const described = resources.flatMap((resource) => [
    {
      name: resource.plural,
      singularName: resource.kind.toLowerCase(),
      namespaced: resource.isNamespaced,
      kind: resource.kind,
      verbs: resource.verbs ?? verbs,
      ...namesOf(resource),
    },
    ...subresourcesOf(resource).map(({ name, kind, group, version, verbs: some }) => ({
      name: `${resource.plural}/${name}`,
      singularName: "",
      namespaced: resource.isNamespaced,
      ...(group && { group, version }),
      kind,
      verbs: some,
    })),
  ]);
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: described };
}

function namesOf({ plural, verbs: some, shortNames = [] }: Discovered) {
  const isShown = some === undefined && inAll.has(plural);
  return { ...(isShown && { categories: ["all"] }), ...(shortNames.length > 0 && { shortNames }) };
}

function subresourcesOf({ plural, group, kind, hasStatus, isScalable }: Discovered) {
  const some = ["get", "patch", "update"];
  const status = { name: "status", kind, group: "", version: "", verbs: some };
  const scale = { name: "scale", kind: "Scale", group: "autoscaling", version: "v1", verbs: some };
  const log = { name: "log", kind, group: "", version: "", verbs: ["get"] };
  return [
    ...(hasStatus ? [status] : []),
    ...(isScalable ? [scale] : []),
    ...(plural === "pods" && group === "" ? [log] : []),
  ];
}

/** `GET /apis`: the groups, each with its versions. */
export function groupList(resources: readonly Discovered[]) {
  const names = [...new Set(resources.map(({ group }) => group))].filter(Boolean);
  const groups = names.map((name) =>
    groupOf(
      name,
      resources.filter(({ group }) => group === name),
    ),
  );
  return { kind: "APIGroupList", apiVersion: "v1", groups };
}

export function groupOf(name: string, resources: readonly Discovered[]) {
  const versions = versionsOf(resources).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

const versionsOf = (resources: readonly Discovered[]) => [
  ...new Set(resources.map(({ version }) => version)),
];

/** Everything served, in one answer, for those that ask for it so. */
export function aggregatedList(resources: readonly Discovered[]) {
  const items = [...new Set(resources.map(({ group }) => group))].map((name) => {
    const inGroup = resources.filter(({ group }) => group === name);
    const versions = versionsOf(inGroup).map((version) => ({
      version,
      resources: inGroup.filter((each) => each.version === version).map(aggregated),
      freshness: "Current",
    }));
    return { metadata: { ...(name && { name }), creationTimestamp: null }, versions };
  });
  return { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", metadata: {}, items };
}

function aggregated(resource: Discovered) {
  const { group, version, kind, plural, isNamespaced } = resource;
  const subresources = subresourcesOf(resource).map((each) => ({
    subresource: each.name,
    responseKind: each.group
      ? { group: each.group, version: each.version, kind: each.kind }
      : { group, version, kind },
    verbs: each.verbs,
  }));
  return {
    resource: plural,
    responseKind: { group, version, kind },
    scope: isNamespaced ? "Namespaced" : "Cluster",
    singularResource: kind.toLowerCase(),
    verbs: resource.verbs ?? verbs,
    ...namesOf(resource),
    ...(subresources.length > 0 && { subresources }),
  };
}

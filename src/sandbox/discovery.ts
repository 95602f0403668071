import { metricsOf } from "./metrics.ts";
import { openApiOf } from "./open-api.ts";
import {
  aggregatedList,
  apiVersionOf,
  type Discovered,
  groupList,
  groupOf,
  resourceList,
} from "./resources.ts";
import type { Store } from "./store.ts";

const version = {
  major: "1",
  minor: "34",
  emulationMajor: "1",
  emulationMinor: "34",
  gitVersion: "v1.34.0+sandbox",
  gitCommit: "simulated",
  gitTreeState: "clean",
  buildDate: "2025-08-27T00:00:00Z",
  goVersion: "simulated",
  compiler: "simulated",
  platform: "sandbox/simulated",
};

const verbsOfReviews = ["create"];
const verbsOfMetrics = ["get", "list"];

/** Kinds that are served, but not kept. */
const unkept: readonly Discovered[] = [
  review("authorization.k8s.io", "SelfSubjectAccessReview"),
  review("authorization.k8s.io", "SelfSubjectRulesReview"),
  review("authentication.k8s.io", "SelfSubjectReview"),
  {
    group: "metrics.k8s.io",
    version: "v1beta1",
    kind: "NodeMetrics",
    plural: "nodes",
    isNamespaced: false,
    verbs: verbsOfMetrics,
  },
  {
    group: "metrics.k8s.io",
    version: "v1beta1",
    kind: "PodMetrics",
    plural: "pods",
    isNamespaced: true,
    verbs: verbsOfMetrics,
  },
];

function review(group: string, kind: string): Discovered {
  return {
    group,
    version: "v1",
    kind,
    plural: `${kind.toLowerCase()}s`,
    isNamespaced: false,
    verbs: verbsOfReviews,
  };
}

/** What is asked of the server as a whole. */
export function wholeOf(store: Store, path: string, accept: string): object | undefined {
  const all: readonly Discovered[] = [...store.resources, ...unkept];
  const isAggregated = accept.includes("as=APIGroupDiscoveryList") && accept.includes("v=v2");
  if (path === "/version") return version;
  if (path === "/api") {
    const addresses = [{ clientCIDR: "0.0.0.0/0", serverAddress: "127.0.0.1" }];
    return isAggregated
      ? aggregatedList(all.filter(({ group }) => group === ""))
      : { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: addresses };
  }
  if (path === "/apis")
    return isAggregated ? aggregatedList(all.filter(({ group }) => group !== "")) : groupList(all);
  return openApiOf(store.resources, path) ?? metricsOf(store, path) ?? partOf(all, path);
}

/** `/api/v1`, `/apis/apps` and `/apis/apps/v1`. */
function partOf(all: readonly Discovered[], path: string): object | undefined {
  const [, root, name = ""] = /^\/(api|apis)\/([^/]+(?:\/[^/]+)?)$/.exec(path) ?? [];
  const served = all.filter(
    (each) => apiVersionOf(each) === name && (root === "api") === (each.group === ""),
  );
  if (served.length > 0) return resourceList(name, served);
  const inGroup = all.filter(({ group }) => group !== "" && group === name);
  return root === "apis" && inGroup.length > 0
    ? { kind: "APIGroup", apiVersion: "v1", ...groupOf(name, inGroup) }
    : undefined;
}

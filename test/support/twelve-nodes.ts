import type { Design, DesignNode } from "../../src/contract/design.ts";

interface Programs {
  program(sort: "web" | "job"): { image: string };
}

const at = { position: { x: 0, y: 0 } };
const node = (type: string, id: string, data: object): DesignNode => ({
  ...at,
  id,
  type,
  data: { name: id, ...data },
});
const edge = (source: string, target: string, type?: string) => ({
  id: `${source}-${target}`,
  source,
  target,
  ...(type && { type }),
});

/** What both versions have alike. */
function shared({ program }: Programs): DesignNode[] {
  const done = { ...program("job"), env: { JOB: "1", JOB_SECONDS: "0" } };
  return [
    node("persistentvolumeclaim", "data", { storage: "16Mi" }),
    node("job", "migrate", done),
    node("deployment", "worker", { ...program("web"), replicas: 1, port: 8080 }),
    node("service", "api-door", { port: 80 }),
    node("secret", "keys", { keys: [{ id: "k", name: "PASSWORD" }] }),
  ];
}

const edges = [
  edge("door", "web"),
  edge("api-door", "api"),
  edge("settings", "web"),
  edge("keys", "api"),
  edge("data", "worker"),
  edge("migrate", "api", "dependency"),
];

/** The version that works, with a configuration that the next one has no more. */
export function versionOne(cluster: Programs): Design {
  const web = { ...cluster.program("web"), replicas: 1, port: 8080 };
  const nodes = [
    ...shared(cluster),
    node("configmap", "settings", { data: { COLOUR: "green" } }),
    node("configmap", "old", { data: { KEY: "value" } }),
    node("deployment", "web", { ...web, env: { VERSION: "1" } }),
    node("deployment", "api", { ...web, labels: { tier: "one" } }),
    node("service", "door", { port: 80 }),
  ];
  return { nodes, edges };
}

/** Twelve nodes: four as they were, five changed, three new. `web` comes after the rest has been written. */
export function versionTwo(cluster: Programs): Design {
  const web = { ...cluster.program("web"), replicas: 1, port: 8080 };
  const seed = { ...cluster.program("job"), env: { JOB: "1", JOB_SECONDS: "1" }, backoffLimit: 0 };
  const nodes = [
    ...shared(cluster),
    node("configmap", "settings", { data: { COLOUR: "blue", MORE: "1" } }),
    node("deployment", "web", { ...web, env: { VERSION: "2" }, labels: { tier: "two" } }),
    node("deployment", "api", { ...web, labels: { tier: "two" }, env: { VERSION: "2" } }),
    node("service", "door", { port: 81, annotations: { note: "two" } }),
    node("configmap", "extra", { data: { KEY: "value" } }),
    node("job", "seed", seed),
    node("deployment", "late", web),
  ];
  const more = [edge("seed", "web", "dependency"), edge("seed", "late", "dependency")];
  return { nodes, edges: [...edges, ...more] };
}

import type { KubeObject } from "./harness/bare-client.ts";

const levelSizes = [12, 13, 12, 13];
export const objectCount = 50;

const image = "registry.example.com/app:1";
const namesOf = (level: number) =>
  Array.from({ length: levelSizes[level] ?? 0 }, (_, at) => `app-${level}-${at}`);

/** Deployments of which each waits for all of the level before. */
export function drawing(namespace: string) {
  const nodes = levelSizes.flatMap((_, level) =>
    namesOf(level).map((name, at) => ({
      id: name,
      type: "deployment" as const,
      position: { x: level * 280, y: at * 150 },
      data: { name, namespace, image, replicas: 1 },
    })),
  );
  const edges = levelSizes.flatMap((_, level) =>
    namesOf(level - 1).flatMap((source) =>
      namesOf(level).map((target) => ({ id: `${source}-${target}`, source, target, type: "dependency" })),
    ),
  );
  return { nodes, edges };
}

/** The same as objects, for those who need no drawing. */
export function levelsIn(namespace: string): KubeObject[][] {
  return levelSizes.map((_, level) =>
    namesOf(level).map((name) => ({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
      },
    })),
  );
}

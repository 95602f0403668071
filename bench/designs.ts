/** A drawing of a given size, different for each seed, so that no two saves store the same. */
export function design(nodeCount: number, edgeCount: number, seed: number, padding = 260) {
  const nodes = Array.from({ length: nodeCount }, (_, index) => ({
    id: `n${index}`,
    type: index % 2 ? "service" : "deployment",
    position: { x: index * 40, y: seed % 1_000 },
    data: {
      name: `app-${index}`,
      image: `registry.example.com/app:${seed}`,
      replicas: index % 4,
      note: "x".repeat(padding),
    },
  }));
  const edges = Array.from({ length: edgeCount }, (_, index) => ({
    id: `e${index}`,
    source: `n${index % nodeCount}`,
    target: `n${(index * 7 + 1) % nodeCount}`,
  }));
  return { nodes, edges };
}

import type { Design } from "../../src/contract/design.ts";

const kinds = ["service", "deployment", "configmap", "persistentvolumeclaim"];

/** A field of nodes, fifty in a row, in groups of four: a service, a deployment, its settings and its claim. */
export function largeDesign(count: number): Design {
  const nodes = Array.from({ length: count }, (_, index) => {
    const [id, type] = [`n${index}`, kinds[index % 4] ?? ""];
    const position = { x: (index % 50) * 336, y: Math.floor(index / 50) * 120 };
    return { id, type, position, data: { name: id, ...(type === "deployment" && { image: "nginx:1.27" }) } };
  });
  const edges = nodes.flatMap(({ id }, index) => {
    const first = index - (index % 4) + 1;
    return index % 4 === 1 ? [] : [{ id: `e${index}`, source: id, target: `n${first}` }];
  });
  return { nodes, edges };
}

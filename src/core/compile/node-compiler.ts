import type { Design } from "../../contract/design.ts";
import { declaredKeys } from "../catalog/secret.ts";
import { compileNode } from "./compile-node.ts";
import type { ToObjects } from "./from-objects.ts";
import { surveyDesign } from "./surroundings.ts";

interface Place {
  workflow_id: string;
  design: Design;
  namespace: string;
}

/** Says what a node of a drawing becomes with other data. Secrets are shown with their keys, and without a value. */
export function nodeCompiler({ workflow_id, design, namespace }: Place, id: string): ToObjects {
  return (data) => {
    const node = design.nodes.find((each) => each.id === id);
    if (!node) return { objects: [], faults: [] };
    const changed = { ...node, data };
    const nodes = design.nodes.map((each) => (each === node ? changed : each));
    const keys = node.type === "secret" ? declaredKeys(data) : [];
    const secrets = { [id]: Object.fromEntries(keys.map((key) => [key, ""])) };
    const survey = surveyDesign({
      workflow_id,
      namespace,
      design: { ...design, nodes },
      values: { secrets },
    });
    return compileNode(changed, survey.surroundingsOf(changed));
  };
}

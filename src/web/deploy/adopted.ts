import type { DesignNode } from "../../contract/design.ts";
import { stepsOf } from "../../core/plan/pointers.ts";
import { withField } from "./restored-field.ts";

/** Places in objects that are settings of a node by themselves. */
const settings: readonly (readonly [RegExp, string])[] = [
  [/^\/spec\/template\/spec\/containers\/0\/image$/, "/image"],
  [/^\/spec\/replicas$/, "/replicas"],
  [/^\/spec\/schedule$/, "/schedule"],
  [/^\/spec\/suspend$/, "/suspend"],
];

/** The node as the cluster has it by now in one field; nothing where no edit of a node says that. */
export function adopted(node: DesignNode, path: string, live: unknown): DesignNode | undefined {
  const data = adoptedData(node, path, live);
  return data && { ...node, data };
}

function adoptedData({ type, data }: DesignNode, path: string, live: unknown) {
  const known = settings.find(([place]) => place.test(path));
  if (known) return withField(data, known[1], live);
  if (type === "configmap" && path.startsWith("/data/")) return withField(data, path, live);
  // A list in what is merged last would take the place of the whole list.
  if (live === undefined || stepsOf(path).some((step) => /^\d+$/.test(step))) return undefined;
  return withField(data, `/overlay${path}`, live);
}

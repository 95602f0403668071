import type { DesignNode } from "../../contract/design.ts";
import { fromObjects, type ToObjects } from "../../core/compile/from-objects.ts";
import { keptComments, readYaml, type YamlFault } from "./yaml-text.ts";

/** What a text makes of a node's data, comments and all, or what is in the way. */
export function takeYaml(
  text: string,
  node: Pick<DesignNode, "type" | "data">,
  toObjects: ToObjects,
): { data: DesignNode["data"] } | { faults: YamlFault[] } {
  const read = readYaml(text);
  if ("faults" in read) return read;
  const reading = fromObjects(node, read.objects, toObjects);
  if ("faults" in reading)
    return { faults: reading.faults.map(({ path, message }) => ({ ...read.find(path), message })) };
  const { comments: known, ...settings } = reading.data;
  const [now, before] = [toObjects(reading.data).objects, toObjects(node.data).objects];
  const comments = keptComments(read.comments, now, known, before);
  return { data: { ...settings, ...(Object.keys(comments).length > 0 && { comments }) } };
}

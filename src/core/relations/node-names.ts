import type { DesignNode } from "../../contract/design.ts";

/** What a node's objects are called: its own name, else its id. */
export function nameOfNode({ id, data }: Pick<DesignNode, "id" | "data">): string {
  return typeof data.name === "string" && data.name.trim() !== "" ? data.name.trim() : id;
}

import type { DesignNode } from "../../contract/design.ts";

/** What a node's objects are called: its own name, else its id. */
export function nameOfNode({ id, data }: Pick<DesignNode, "id" | "data">): string {
  return typeof data.name === "string" && data.name.trim() !== "" ? data.name.trim() : id;
}

/** What is referred to by its node is called as that node is called now. */
export function presentName(
  { name, nodeId }: { name?: unknown; nodeId?: unknown },
  { nodeById }: { nodeById(id: string): DesignNode | undefined },
): string | undefined {
  const node = typeof nodeId === "string" ? nodeById(nodeId) : undefined;
  if (node) return nameOfNode(node);
  return typeof name === "string" && name !== "" ? name : undefined;
}

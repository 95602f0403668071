import type { DesignNode } from "../../contract/design.ts";
import type { Workflow } from "../../contract/workflows.ts";
import { type JsonText, toJsonText } from "../json-text.ts";
import { plain } from "./plain.ts";

/** What a workflow is found by: its name, what is said of it, and the nodes in it. */
export interface WorkflowTexts {
  name: string;
  about: string;
  parts: string;
  /** The same nodes as they are shown. */
  nodes: JsonText<FoundNode[]>;
}

/** A node as it is found. */
export interface FoundNode {
  node_id: string;
  type: string;
  name: string;
  image: string;
}

/** Long enough for all people write, so that nobody's drawing makes searching slow. */
const most = { about: 2_000, parts: 100_000 };

/** Texts of a workflow in the form in which they are compared. */
export function textsOf({ name, description, tags, nodes }: Workflow): WorkflowTexts {
  const found = nodes.map(toFoundNode);
  const parts = found.map(({ name, type, image }) => plain(`${name} ${type} ${image}`));
  return {
    name: plain(name),
    about: plain([name, ...tags, description].join(" ")).slice(0, most.about),
    parts: [...new Set(parts)].join("\n").slice(0, most.parts),
    nodes: toJsonText(found),
  };
}

function toFoundNode({ id, type, data }: DesignNode): FoundNode {
  const { name, image } = data;
  return { node_id: id, type, name: wordOf(name) || id, image: wordOf(image) };
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

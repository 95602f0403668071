import type { Design } from "../../contract/design.ts";
import type { DesignDiff } from "../../contract/version-diff.ts";
import { outlineOf } from "../json-outline.ts";
import { fromJsonText, type JsonText } from "../json-text.ts";
import { compareDesigns } from "./compare-designs.ts";

/**
 * The same of two drawings as they are stored. Nodes and edges that read alike in both are found by their text and
 * left out, so that only what changed is ever parsed.
 */
export function compareTexts(before: JsonText<Design>, after: JsonText<Design>): DesignDiff {
  if (before === after) return compareDesigns({ nodes: [], edges: [] }, { nodes: [], edges: [] });
  const [older, newer] = [elementsOf(before), elementsOf(after)];
  const pick = (ours: Elements, theirs: Elements): Design => ({
    nodes: parsed(beyond(ours.nodes, theirs.nodes)),
    edges: parsed(beyond(ours.edges, theirs.edges)),
  });
  return compareDesigns(pick(older, newer), pick(newer, older));
}

interface Elements {
  nodes: string[];
  edges: string[];
}

function elementsOf(text: JsonText<Design>): Elements {
  const { arrays } = outlineOf(text);
  const textsOf = (name: string) => (arrays.get(name) ?? []).map(({ start, end }) => text.slice(start, end));
  return { nodes: textsOf("nodes"), edges: textsOf("edges") };
}

/** The texts that the others do not have, or not so often. */
function beyond(texts: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return texts.filter((text) => {
    const left = counts.get(text) ?? 0;
    if (left > 0) counts.set(text, left - 1);
    return left === 0;
  });
}

function parsed<T>(texts: readonly string[]): T[] {
  return fromJsonText(`[${texts.join(",")}]` as JsonText<T[]>);
}

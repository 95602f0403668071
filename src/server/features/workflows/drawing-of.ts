import { type Design, type DesignNode, designLimits } from "../../../contract/design.ts";
import type { JsonSource } from "../../../core/json-outline.ts";
import { type Detail, invalid } from "../../../core/problem.ts";
import { type Drawing, type NodeText, toDrawing } from "../../storage/workflows-drawing.ts";

const { nodeBytes, keyLength } = designLimits;

/**
 * A drawing as it is kept, or all that the schema cannot say against it: how large a node and its keys may be.
 * Everything else is judged when it is run.
 */
export function drawingOf(
  given: Partial<Design> & { canvas?: Record<string, unknown> },
  source?: JsonSource,
): Drawing {
  const drawing = toDrawing(given, source);
  const details = (given.nodes ?? []).flatMap((node, index) => faultOf(node, drawing.nodes?.[index], index));
  if (details.length > 0) throw invalid("The drawing has a node that cannot be kept", details);
  return drawing;
}

function faultOf({ data }: DesignNode, kept: NodeText | undefined, index: number): Detail[] {
  const text = kept?.text ?? "";
  // What is shorter than a key may be has none that is too long.
  if (text.length <= keyLength) return [];
  const path = `/nodes/${index}`;
  if (hasLongKey(data))
    return [{ path, code: "too-large", message: `has a key of more than ${keyLength} characters` }];
  // A character is three bytes at most, so most nodes need no counting.
  const bytes = text.length * 3 <= nodeBytes ? 0 : Buffer.byteLength(text);
  if (bytes <= nodeBytes) return [];
  const message = `holds ${Math.ceil(bytes / 1_024)} KiB, and a node may hold ${nodeBytes / 1_024} KiB`;
  return [{ path, code: "too-large", message }];
}

/** Bodies nest 64 levels at most, so this ends. */
function hasLongKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasLongKey);
  const record = value as Record<string, unknown>;
  // Without a list of entries, since this is walked for all that is saved.
  for (const key in record) if (key.length > keyLength || hasLongKey(record[key])) return true;
  return false;
}

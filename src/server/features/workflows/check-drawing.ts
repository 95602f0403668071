import { type Design, designLimits } from "../../../contract/design.ts";
import { type Detail, invalid } from "../../../core/problem.ts";

/** What the schema cannot say of a drawing: how large one node may be. Everything else is judged when it is run. */
export function checkDrawing({ nodes = [] }: Partial<Design>): void {
  const details = nodes.flatMap((node, index): Detail[] => {
    const bytes = Buffer.byteLength(JSON.stringify(node.data));
    if (bytes <= designLimits.nodeBytes) return [];
    const message = `A node holds ${designLimits.nodeBytes / 1_024} KiB at most, and this one has ${Math.ceil(bytes / 1_024)}`;
    return [{ path: `/nodes/${index}`, code: "too-large", message }];
  });
  if (details.length > 0) throw invalid("The drawing cannot be kept", details);
}

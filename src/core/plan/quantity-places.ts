import type { Keys } from "../catalog/text-values.ts";

/** Maps of resources to how much of them. */
const maps = new Set(["requests", "limits", "capacity", "hard", "overhead", "allocatedResources"]);
/** The maps of a LimitRange's items. */
const limits = new Set(["min", "max", "default", "defaultRequest", "maxLimitRequestRatio"]);
const fields = new Set(["sizeLimit", "divisor", "averageValue"]);
/** Maps of texts, whatever their keys are. */
const texts = new Set(["labels", "annotations", "matchLabels", "nodeSelector"]);

/** Whether a field of an object is a quantity, which may be written in several ways; texts such as an env value are not. */
export function isQuantityPlace(at: Keys): boolean {
  const [field, parent, grandparent] = at.slice(-3).map(String).reverse();
  if (at[0] !== "spec" || field === undefined || parent === undefined || texts.has(parent)) return false;
  if (maps.has(parent) || fields.has(field)) return true;
  return (
    (field === "value" && ["target", "metric"].includes(parent)) ||
    (limits.has(parent) && at[1] === "limits" && grandparent !== undefined)
  );
}

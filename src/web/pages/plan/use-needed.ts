import { useEffect, useState } from "react";
import { forgetSecrets, typedKeys, typedSecrets, typeSecret } from "../../inspector/secret-values.ts";

/** Values that a run needs and nobody has stored: they are kept in this page alone until a run takes them. */
export interface Needed {
  /** The names of those that were typed, by node. */
  keys: Record<string, string[]>;
  hasTyped: boolean;
  valueOf(nodeId: string, key: string): string;
  type(nodeId: string, key: string, value: string): void;
  values(): Record<string, Record<string, string>>;
  forget(): void;
}

export function useNeeded(workflowId: string): Needed {
  const [, redraw] = useState(0);
  useEffect(() => redraw((count) => count + 1), []);
  const keys = typedKeys(workflowId);
  return {
    keys,
    hasTyped: Object.keys(keys).length > 0,
    valueOf: (nodeId, key) => typedSecrets(workflowId)[nodeId]?.[key] ?? "",
    type(nodeId, key, value) {
      typeSecret(workflowId, nodeId, key, value === "" ? undefined : value);
      redraw((count) => count + 1);
    },
    values: () => typedSecrets(workflowId),
    forget: forgetSecrets,
  };
}

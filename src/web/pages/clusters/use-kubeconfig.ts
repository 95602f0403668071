import { useEffect, useState } from "react";
import type { KubeconfigReading } from "./read-kubeconfig.ts";

/**
 * Reads a kubeconfig. What can read YAML is large and is loaded when there is something to read; where it cannot be
 * loaded nothing is known before the server reads it.
 */
export async function readLater(text: string): Promise<KubeconfigReading | undefined> {
  const reader = await import("./read-kubeconfig.ts").catch(() => undefined);
  return reader?.readKubeconfig(text);
}

/** What a kubeconfig offers, as soon as that is known; of no text nothing is. */
export function useKubeconfig(text: string): KubeconfigReading | undefined {
  const [reading, setReading] = useState<KubeconfigReading>();
  const isEmpty = text.trim() === "";
  useEffect(() => {
    if (isEmpty) return setReading(undefined);
    let isOld = false;
    void readLater(text).then((read) => !isOld && setReading(read));
    return () => {
      isOld = true;
    };
  }, [text, isEmpty]);
  return reading;
}

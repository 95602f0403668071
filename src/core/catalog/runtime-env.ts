import type { KubernetesObject } from "../kubernetes-object.ts";
import { toBase64 } from "./base64.ts";
import { keyFaults } from "./configmap.ts";
import { type EnvVar, envNameFaults } from "./env.ts";
import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import { appLabel } from "./metadata.ts";

/** The Secret that keeps a workload's environment of this run and of earlier ones. */
export const runtimeSecretName = (name: string) => `${name}-env`;

/** Variables whose values are given at run time and kept in the cluster alone. */
export function runtimeEnv(
  name: string,
  declared: readonly { name?: string }[] | undefined,
  { envValues, envKeys }: Pick<Surroundings, "envValues" | "envKeys">,
): { env: EnvVar[]; faults: Fault[] } {
  const named = (declared ?? []).flatMap((key) => key.name ?? []);
  const all = new Set([...named, ...Object.keys(envValues), ...envKeys]);
  const keys = [...all].filter((key) => !key.startsWith("_new_"));
  return {
    env: keys.map((key) => ({
      name: key,
      // Declared is not yet given: a program may do without it until somebody does.
      valueFrom: { secretKeyRef: { name: runtimeSecretName(name), key, optional: true } },
    })),
    faults: keys.flatMap((key) => {
      const faults = envNameFaults(key, ["envKeys"]);
      return faults.length > 0 ? faults : keyFaults(key, ["envKeys"]);
    }),
  };
}

/** Environment given to this run, kept where it is used. */
export function runtimeSecret(
  name: string,
  { namespace, labels, envValues }: Pick<Surroundings, "namespace" | "labels" | "envValues">,
): KubernetesObject[] {
  const entries = Object.entries(envValues).filter(([key]) => !key.startsWith("_new_"));
  if (entries.length === 0) return [];
  const data = Object.fromEntries(entries.map(([key, value]) => [key, toBase64(String(value))]));
  const metadata = { name: runtimeSecretName(name), namespace, labels: { ...appLabel(name), ...labels } };
  return [{ apiVersion: "v1", kind: "Secret", metadata, type: "Opaque", data } as KubernetesObject];
}

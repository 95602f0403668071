import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import { duplicateFaults, pointer } from "./text-values.ts";

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: unknown;
}

const envName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Environment as people write it, a map or Kubernetes' list, as Kubernetes' list. Scalars keep their spelling. */
export function toEnv(given: unknown, at: readonly (string | number)[]): { env: EnvVar[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const entries = entriesOf(given, at, faults);
  const env = entries.flatMap(({ name, value, path }) => {
    if (!envName.test(name)) {
      const message = `“${name}” cannot be the name of a variable: letters, digits, “_”, “-” and “.”, not beginning with a digit`;
      faults.push({ path, code: "wrong-form", message });
      return [];
    }
    const made = toEnvVar(name, value);
    if (!made)
      faults.push({
        path,
        code: "wrong-type",
        message: `${name} must be a text, a number, true or false, or come from a key (valueFrom)`,
      });
    return made ?? [];
  });
  faults.push(
    ...duplicateFaults(
      env,
      ({ name }) => name,
      (index) => entries[index]?.path ?? "",
      "The variable",
    ),
  );
  return { env, faults };
}

interface Entry {
  name: string;
  value: unknown;
  path: string;
}

function entriesOf(given: unknown, at: readonly (string | number)[], faults: Fault[]): Entry[] {
  if (given === undefined || given === null) return [];
  if (Array.isArray(given))
    return given.flatMap((item: unknown, index) => {
      const path = pointer(...at, index);
      const {
        name,
        value = "",
        valueFrom,
      } = (item ?? {}) as { name?: unknown; value?: unknown; valueFrom?: unknown };
      if (typeof name !== "string") {
        faults.push({ path, code: "required", message: "A variable has no name" });
        return [];
      }
      return [{ name, value: valueFrom === undefined ? value : { valueFrom }, path }];
    });
  if (typeof given === "object")
    return Object.entries(given).map(([name, value]) => ({ name, value, path: pointer(...at, name) }));
  faults.push({ path: pointer(...at), code: "wrong-type", message: "Env must be a map of names to values" });
  return [];
}

function toEnvVar(name: string, value: unknown): EnvVar | undefined {
  if (value === null || value === undefined) return { name, value: "" };
  if (typeof value !== "object") return { name, value: String(value) };
  const { valueFrom } = value as { valueFrom?: unknown };
  return typeof valueFrom === "object" && valueFrom !== null ? { name, valueFrom } : undefined;
}

/** The Secret that keeps a workload's environment of earlier runs. */
export const runtimeSecretName = (name: string) => `${name}-env`;

/** Variables whose values are given at run time and kept in the cluster alone. */
export function runtimeEnv(
  name: string,
  declared: readonly { name?: string }[] | undefined,
  { envValues, envKeys }: Pick<Surroundings, "envValues" | "envKeys">,
): EnvVar[] {
  const named = (declared ?? []).flatMap((key) =>
    key.name && !key.name.startsWith("_new_") ? key.name : [],
  );
  const keys = new Set([...named, ...Object.keys(envValues), ...envKeys]);
  return [...keys].map((key) => ({
    name: key,
    // Declared is not yet given: a program may do without it until somebody does.
    valueFrom: { secretKeyRef: { name: runtimeSecretName(name), key, optional: true } },
  }));
}

import { presentName } from "../relations/node-names.ts";
import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import { duplicateFaults, isMap, isObjectName, type Keys, pick, pointer } from "./text-values.ts";

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: unknown;
}

type Names = Pick<Surroundings, "nodeById">;

interface Entry {
  name: string;
  value: unknown;
  at: Keys;
}

/** Environment as people write it, a map or Kubernetes' list, as Kubernetes' list. Scalars keep their spelling. */
export function toEnv(given: unknown, at: Keys, around: Names): { env: EnvVar[]; faults: Fault[] } {
  const { entries, faults } = entriesOf(given, at);
  const made = entries.map((entry) => toEnvVar(entry, around));
  const path = (index: number) => pointer(...(entries[index]?.at ?? at));
  const repeated = duplicateFaults(entries, ({ name }) => name, path, "The variable");
  return {
    env: made.flatMap(({ variable }) => variable ?? []),
    faults: [...faults, ...made.flatMap((each) => each.faults), ...repeated],
  };
}

function entriesOf(given: unknown, at: Keys): { entries: Entry[]; faults: Fault[] } {
  if (given === undefined || given === null) return { entries: [], faults: [] };
  if (Array.isArray(given)) return listedEntries(given, at);
  if (isMap(given)) {
    const entries = Object.entries(given).map(([name, value]) => ({ name, value, at: [...at, name] }));
    return { entries, faults: [] };
  }
  const message = "Environment must be a map of names to values, or a list";
  return { entries: [], faults: [{ path: pointer(...at), code: "wrong-type", message }] };
}

function listedEntries(given: readonly unknown[], at: Keys): { entries: Entry[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const entries = given.flatMap((item, index): Entry[] => {
    const { name, value, valueFrom } = isMap(item) ? item : {};
    const whole = [...at, index];
    if (typeof name === "string" && name !== "")
      return [
        { name, value: valueFrom === undefined || valueFrom === null ? value : { valueFrom }, at: whole },
      ];
    faults.push({ path: pointer(...whole), code: "required", message: "A variable has no name" });
    return [];
  });
  return { entries, faults };
}

function toEnvVar({ name, value, at }: Entry, around: Names): { variable?: EnvVar; faults: Fault[] } {
  const faults = envNameFaults(name, at);
  if (value === null || value === undefined) return { variable: { name, value: "" }, faults };
  if (typeof value !== "object") return { variable: { name, value: String(value) }, faults };
  const { valueFrom } = value as { valueFrom?: unknown };
  if (!isMap(valueFrom)) {
    const message = `“${name}” must be a text, a number, true or false, or come from a key (valueFrom)`;
    return { faults: [...faults, { path: pointer(...at), code: "wrong-type", message }] };
  }
  const source = toSource(valueFrom, [...at, "valueFrom"], around);
  return { variable: { name, valueFrom: source.made }, faults: [...faults, ...source.faults] };
}

export function envNameFaults(name: string, at: Keys): Fault[] {
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) && name !== "." && !name.startsWith("..")) return [];
  const message = `“${name}” cannot be the name of a variable: letters, digits, “_”, “-” and “.”, not beginning with a digit`;
  return [{ path: pointer(...at), code: "wrong-form", message }];
}

const keyed = ["configMapKeyRef", "secretKeyRef"];
const sources = [...keyed, "fieldRef", "resourceFieldRef", "fileKeyRef"];

function toSource(
  given: Record<string, unknown>,
  at: Keys,
  around: Names,
): { made: unknown; faults: Fault[] } {
  const [kind, ...others] = Object.keys(given).filter((key) => sources.includes(key));
  const reference = kind === undefined ? undefined : given[kind];
  if (kind === undefined || others.length > 0 || !isMap(reference)) {
    const message = `A value comes from exactly one of ${sources.join(", ")}`;
    return { made: undefined, faults: [{ path: pointer(...at), code: "wrong-form", message }] };
  }
  if (!keyed.includes(kind)) return { made: { [kind]: reference }, faults: [] };
  const { key } = reference;
  const name = presentName(reference, around);
  if (name !== undefined && !isObjectName(name)) {
    const message = `No object can be called “${name}”`;
    return { made: undefined, faults: [{ path: pointer(...at, kind, "name"), code: "wrong-form", message }] };
  }
  const missing = [...(name ? [] : ["name"]), ...(typeof key === "string" && key !== "" ? [] : ["key"])];
  const faults = missing.map((each): Fault => {
    const message = `The reference does not say its ${each}`;
    return { path: pointer(...at, kind, each), code: "required", message };
  });
  return { made: { [kind]: { name, ...pick(reference, ["key", "optional"]) } }, faults };
}

/** All keys of a ConfigMap or Secret as variables: in our words, or in Kubernetes' own form. */
export function toEnvFrom(
  given: readonly unknown[],
  at: Keys,
  around: Names,
): { envFrom: unknown[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const envFrom = given.flatMap((each, index) => {
    const found = isMap(each) ? envSource(each, around) : undefined;
    if (found) return [found];
    const message = "Environment can come from a configMap or a secret, by its name";
    faults.push({ path: pointer(...at, index), code: "required", message });
    return [];
  });
  return { envFrom, faults };
}

const refs: Readonly<Record<string, string>> = { configMap: "configMapRef", secret: "secretRef" };
const refOfKind = new Map([
  ["configmap", "configMapRef"],
  ["secret", "secretRef"],
]);

function envSource(given: Record<string, unknown>, around: Names): object | undefined {
  const { type, nodeId, prefix } = given;
  const node = typeof nodeId === "string" ? around.nodeById(nodeId) : undefined;
  const own = Object.values(refs).find((key) => isMap(given[key]));
  const drawn = node && refOfKind.get(node.type);
  const key = own ?? (typeof type === "string" && Object.hasOwn(refs, type) ? refs[type] : drawn);
  const reference = own ? given[own] : given;
  const name = isMap(reference) ? presentName(reference, around) : undefined;
  if (key === undefined || name === undefined || !isObjectName(name)) return undefined;
  const { optional } = reference as { optional?: unknown };
  return {
    ...(typeof prefix === "string" && prefix !== "" && { prefix }),
    [key]: { name, ...(optional !== undefined && { optional }) },
  };
}

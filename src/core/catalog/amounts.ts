import type { Fault } from "./fault.ts";
import { type Keys, pointer } from "./text-values.ts";

const decimal = new Map(
  ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"].map((suffix, index) => [suffix, 10 ** (3 * (index - 3))]),
);
const binary = new Map(
  ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((suffix, index) => [suffix, 1024 ** (index + 1)]),
);

/** What a quantity comes to, as exactly as numbers are: enough to compare two that people write. */
export function amountOf(quantity: string | number): number | undefined {
  const [, digits = "", suffix = ""] = /^([+-]?[\d.]+)(.*)$/.exec(String(quantity)) ?? [];
  const exponent = /^[eE][+-]?\d+$/.test(suffix) ? 10 ** Number(suffix.slice(1)) : undefined;
  const factor = exponent ?? decimal.get(suffix) ?? binary.get(suffix);
  return digits === "" || factor === undefined ? undefined : Number(digits) * factor;
}

type Amounts = Readonly<Record<string, string | number>>;

/** Resources that Kubernetes does not know, and requests above their limits. */
export function resourceFaults(
  { requests = {}, limits = {} }: { requests?: Amounts; limits?: Amounts },
  at: Keys,
): Fault[] {
  const above = Object.entries(requests).filter(([key, request]) => {
    const [asked, most] = [
      amountOf(request),
      Object.hasOwn(limits, key) ? amountOf(limits[key] ?? "") : undefined,
    ];
    return asked !== undefined && most !== undefined && asked > most;
  });
  return [
    ...nameFaults(requests, [...at, "requests"]),
    ...nameFaults(limits, [...at, "limits"]),
    ...above.map(([key, request]): Fault => {
      const message = `The request for ${key}, ${request}, is above its limit, ${limits[key]}`;
      return { path: pointer(...at, "requests", key), code: "request-over-limit", message };
    }),
  ];
}

function nameFaults(amounts: Amounts, at: Keys): Fault[] {
  return Object.keys(amounts)
    .filter((key) => !/^(cpu|memory|ephemeral-storage|hugepages-.+|[^/]+\/[^/]+)$/.test(key))
    .map((key) => {
      const message = `“${key}” is no resource: cpu, memory, ephemeral-storage, or one with a domain before a slash`;
      return { path: pointer(...at, key), code: "wrong-form", message };
    });
}

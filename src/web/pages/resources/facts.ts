type Summary = Readonly<Record<string, string | number>>;

const words: Readonly<Record<string, (value: string | number) => string | undefined>> = {
  replicas: (value) => (String(value).includes("/") ? `${value} ready` : `${value} replicas`),
  available: () => undefined,
  age: () => undefined,
  containers: (value) => (Number(value) === 1 ? undefined : `${value} containers`),
  restarts: (value) => (Number(value) === 0 ? undefined : `${value} restarts`),
  nodeName: (value) => `on ${value}`,
  podIP: () => undefined,
  clusterIP: (value) => (value === "None" ? "headless" : String(value)),
  ports: (value) => `${value} ${Number(value) === 1 ? "port" : "ports"}`,
  rules: () => undefined,
  paths: (value) => `${value} ${Number(value) === 1 ? "path" : "paths"}`,
  completions: (value) => `${value} done`,
  active: (value) => (Number(value) === 0 ? undefined : `${value} active`),
  target: (value) => `of ${value}`,
  range: (value) => `between ${value}`,
  claim: (value) => `for ${value}`,
  cpu: (value) => `${value} CPU`,
};

/** What a line says of an object beside its columns, in a few words. */
export function factsOf(summary: Summary | null | undefined): string {
  return Object.entries(summary ?? {})
    .flatMap(([name, value]) => (Object.hasOwn(words, name) ? (words[name]?.(value) ?? []) : String(value)))
    .join(" · ");
}

import { type JsonMap, list, map, type Obj, text } from "./objects.ts";

/** Finds an object of the pod's own namespace. */
type Find = (kind: "ConfigMap" | "Secret", name: string) => Obj | undefined;

/** What a container would print first, as far as it is told by plain `echo`s of a shell script. */
export function printedBy(container: JsonMap, find: Find): string[] {
  const [shell = "", flag, script = ""] = [...texts(container.command), ...texts(container.args)];
  if (!/(^|\/)(ba|a)?sh$/.test(shell) || flag !== "-c") return [];
  const statements = script.split(/[;\n]|&&/).map((each) => each.trim());
  const echoes = statements.flatMap((each) => /^echo\s+(.*?)(?:\s*>&2)?$/.exec(each)?.[1] ?? []);
  if (echoes.length === 0) return [];
  const variables = environmentOf(container, find);
  return echoes.map((words) => spoken(words, variables));
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function spoken(words: string, variables: ReadonlyMap<string, string>): string {
  const bare = words.replace(/^(["'])(.*)\1$/, "$2");
  return bare.replace(/\$\{?(\w+)\}?/g, (_, name: string) => variables.get(name) ?? "");
}

function environmentOf(container: JsonMap, find: Find): Map<string, string> {
  const variables = new Map<string, string>();
  for (const source of list(container.envFrom)) {
    for (const kind of ["ConfigMap", "Secret"] as const) {
      const name = text(map(kind === "Secret" ? source.secretRef : source.configMapRef).name);
      for (const key of Object.keys(map(find(kind, name)?.data)))
        variables.set(key, keptIn(find, kind, { name, key }));
    }
  }
  for (const { name, value, valueFrom } of list(container.env)) {
    const { secretKeyRef, configMapKeyRef } = map(valueFrom);
    const kind = secretKeyRef ? "Secret" : "ConfigMap";
    const from = map(secretKeyRef ?? configMapKeyRef);
    variables.set(text(name), text(value) || keptIn(find, kind, from));
  }
  return variables;
}

function keptIn(find: Find, kind: "ConfigMap" | "Secret", { name, key }: JsonMap): string {
  const kept = text(map(find(kind, text(name))?.data)[text(key)]);
  return kind === "Secret" ? Buffer.from(kept, "base64").toString("utf8") : kept;
}

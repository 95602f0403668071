import { expect, test } from "vitest";
import { catalog } from "./catalog.ts";
import { type Field, formOf } from "./form.ts";

interface Part {
  widget?: string;
  properties?: Record<string, Part>;
  items?: Part;
}

/** Every place of a schema at which people may say something. */
function placesIn({ properties = {} }: Part, at = ""): string[] {
  return Object.entries(properties).flatMap(([key, part]) => {
    if (part.widget === "hidden") return [];
    const place = `${at}/${key}`;
    const isWhole = part.widget !== undefined && part.widget !== "probe";
    return [place, ...(isWhole ? [] : placesIn(part.items ?? part, place))];
  });
}

function placesOf(fields: readonly Field[], at = ""): string[] {
  return fields.flatMap(({ key, widget, fields: inner = [] }) => [
    `${at}/${key}`,
    ...(["part", "list", "probe"].includes(widget) ? placesOf(inner, `${at}/${key}`) : []),
  ]);
}

test("every setting of every kind can be reached in its form, and is called by a title", () => {
  for (const [kind, { settings }] of catalog) {
    const fields = formOf(settings).flatMap((group) => group.fields);
    expect([kind, placesOf(fields).sort()]).toEqual([kind, placesIn(settings as Part).sort()]);
    const titles = (list: readonly Field[]): string[] =>
      list.flatMap(({ title, fields: inner = [] }) => [title, ...titles(inner)]);
    expect(titles(fields).filter((title) => !/^[A-Zg]/.test(title))).toEqual([]);
  }
});

test("what a canvas keeps for itself is not asked", () => {
  for (const { settings } of catalog.values()) {
    const keys = formOf(settings).flatMap(({ fields }) => fields.map(({ key }) => key));
    expect(keys.filter((key) => key.startsWith("_") || key === "id" || key === "nodeId")).toEqual([]);
  }
});

const firstOf = (kind: string) => {
  const settings = catalog.get(kind)?.settings;
  return settings ? (formOf(settings)[0]?.fields.map(({ key }) => key) ?? []) : [];
};

test("what people need most comes first, the name before all", () => {
  expect(firstOf("deployment")).toEqual([
    "name",
    "image",
    "replicas",
    "port",
    "env",
    "resources",
    "namespace",
  ]);
  expect(firstOf("cronjob").slice(0, 4)).toEqual(["name", "image", "schedule", "timeZone"]);
  expect(firstOf("configmap")).toEqual(["name", "data", "mountPath", "namespace"]);
  for (const kind of catalog.keys()) {
    expect(firstOf(kind)[0]).toBe("name");
    expect(firstOf(kind).length).toBeLessThanOrEqual(8);
  }
});

test("a widget fits what a schema allows", () => {
  const widgets = new Map<string, string>();
  const note = (kind: string, fields: readonly Field[], at: string) => {
    for (const { key, widget, fields: inner = [] } of fields) {
      widgets.set(`${kind}${at}/${key}`, widget);
      note(kind, inner, `${at}/${key}`);
    }
  };
  for (const [kind, { settings }] of catalog)
    note(
      kind,
      formOf(settings).flatMap(({ fields }) => fields),
      "",
    );
  const expected = {
    "deployment/name": "text",
    "deployment/image": "image",
    "deployment/replicas": "number",
    "deployment/port": "port",
    "deployment/env": "environment",
    "deployment/resources": "part",
    "deployment/resources/limits": "amounts",
    "deployment/command": "texts",
    "deployment/ports": "list",
    "deployment/ports/protocol": "choice",
    "deployment/readinessProbe": "probe",
    "deployment/readinessProbe/httpGet": "yaml",
    "deployment/labels": "map",
    "deployment/paused": "switch",
    "deployment/strategy": "either",
    "deployment/affinity": "yaml",
    "deployment/tolerations/value": "text",
    "deployment/imagePullSecrets": "names",
    "daemonset/maxUnavailable": "port",
    "cronjob/schedule": "cron",
    "persistentvolumeclaim/storage": "quantity",
    "persistentvolumeclaim/accessModes": "several",
    "ingress/host": "host",
    "ingress/paths/servicePort": "port",
    "configmap/data": "configuration",
    "secret/keys": "names",
    "object/manifest": "yaml",
  };
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, widgets.get(key)]))).toEqual(expected);
});

test("a field tells what is usual, which words there are, and how far a number may go", () => {
  const settings = catalog.get("ingress")?.settings;
  const fields = settings ? formOf(settings).flatMap((group) => group.fields) : [];
  expect(fields.find(({ key }) => key === "pathType")).toMatchObject({
    usual: "Prefix",
    words: ["Prefix", "Exact", "ImplementationSpecific"],
  });
  const hpa = catalog.get("hpa")?.settings;
  const cpu =
    hpa &&
    formOf(hpa)
      .flatMap((group) => group.fields)
      .find(({ key }) => /CPU/.test(key));
  expect(cpu).toMatchObject({ least: 1, most: 100, unit: "%", isRequired: false });
});

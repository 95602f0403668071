import { at, type Json, map, type Obj, same, text } from "../objects.ts";
import { amountOf } from "../quantities.ts";
import type { Cause } from "../status.ts";
import { forbiddenValue, invalidValue } from "./faults.ts";

/** Fields that stay as they were made. */
export function fixedFaults(object: Obj, old: Obj): Cause[] {
  const check = Object.hasOwn(byKind, object.kind) ? byKind[object.kind] : undefined;
  return check ? check(object, old) : [];
}

const fixed =
  (...fields: string[]) =>
  (object: Obj, old: Obj): Cause[] =>
    fields.flatMap((field) => {
      const path = field.split(".");
      const value = at(object, ...path);
      return same(value, at(old, ...path)) ? [] : [invalidValue(field, value ?? null, "field is immutable")];
    });

const byKind: Readonly<Record<string, (object: Obj, old: Obj) => Cause[]>> = {
  Deployment: fixed("spec.selector"),
  DaemonSet: fixed("spec.selector"),
  ReplicaSet: fixed("spec.selector"),
  Job: fixed("spec.completions", "spec.selector", "spec.template", "spec.completionMode"),
  StatefulSet: statefulSetFixed,
  PersistentVolumeClaim: claimFixed,
  Service: serviceFixed,
  Secret: (object, old) => [...fixed("type")(object, old), ...immutableFixed(object, old)],
  ConfigMap: immutableFixed,
  Pod: podFixed,
};

const statefulSetMay = new Set([
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
]);

function statefulSetFixed(object: Obj, old: Obj): Cause[] {
  const [now, was] = [map(object.spec), map(old.spec)];
  const isChanged = Object.keys({ ...now, ...was }).some(
    (key) => !statefulSetMay.has(key) && !same(now[key], was[key]),
  );
  const may = [...statefulSetMay].map((field) => `'${field}'`);
  const sentence = `updates to statefulset spec for fields other than ${may.slice(0, -1).join(", ")} and ${may.at(-1)} are forbidden`;
  return isChanged ? [forbiddenValue("spec", sentence)] : [];
}

/** A bound claim may grow, where its class lets it; the rest of it stays. */
function claimFixed(object: Obj, old: Obj): Cause[] {
  const { resources: now, volumeName: _, ...rest } = map(object.spec);
  const { resources: was, volumeName: __, ...before } = map(old.spec);
  const isBound = old.status?.phase === "Bound";
  const storageOf = (resources: Json | undefined) => amountOf(at(resources, "requests", "storage"));
  if (!same(rest, before) || (!isBound && !same(now, was)))
    return [
      forbiddenValue(
        "spec",
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
      ),
    ];
  return storageOf(now) < storageOf(was)
    ? [forbiddenValue("spec.resources.requests.storage", "field can not be less than status.capacity")]
    : [];
}

function serviceFixed(object: Obj, old: Obj): Cause[] {
  const [now, was] = [map(object.spec), map(old.spec)];
  if (!text(was.clusterIP) || now.type === "ExternalName" || was.type === "ExternalName") return [];
  return same(now.clusterIP, was.clusterIP)
    ? []
    : [
        invalidValue(
          "spec.clusterIPs[0]",
          now.clusterIPs ?? [now.clusterIP ?? ""],
          "may not change once set",
        ),
      ];
}

function immutableFixed(object: Obj, old: Obj): Cause[] {
  if (old.immutable !== true) return [];
  const sentence = "field is immutable when `immutable` is set";
  const faults: Cause[] = object.immutable === true ? [] : [forbiddenValue("immutable", sentence)];
  for (const field of ["data", "binaryData"])
    if (!same(object[field], old[field])) faults.push(forbiddenValue(field, sentence));
  return faults;
}

const podMay = new Set(["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "nodeName"]);

function podFixed(object: Obj, old: Obj): Cause[] {
  const strip = (spec: unknown) =>
    Object.fromEntries(
      Object.entries(map(spec))
        .filter(([key]) => !podMay.has(key))
        .map(([key, value]) => [key, withoutImages(value)]),
    );
  return same(strip(object.spec), strip(old.spec))
    ? []
    : [
        forbiddenValue(
          "spec",
          "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
        ),
      ];
}

function withoutImages(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value.map((item) => ({ ...map(item), image: "" })) : value;
}

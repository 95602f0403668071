import type { KubernetesObject } from "../core/kubernetes-object.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
export type JsonMap = { [key: string]: Json | undefined };

/** A stored object: whatever was sent, with the metadata the server gives. */
export interface Obj {
  apiVersion: string;
  kind: string;
  metadata: KubernetesObject["metadata"] & {
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    generateName?: string;
    finalizers?: string[];
    deletionGracePeriodSeconds?: number;
    managedFields?: Json[];
  };
  spec?: JsonMap;
  status?: JsonMap;
  data?: JsonMap;
  [field: string]: unknown;
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Sets a key even where it is called `__proto__`. */
export function put(target: JsonMap, key: string, value: Json | undefined): void {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** A copy of a JSON value that shares nothing with it; much faster than a clone of anything. */
export function copy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item)) as T;
  const copied: JsonMap = {};
  for (const key of Object.keys(value)) put(copied, key, copy((value as JsonMap)[key]));
  return copied as T;
}

/** Equality of JSON values, whatever the order of keys; a key that is undefined is a key that is not there. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(own(a, key), own(b, key)));
}

export function own(map: JsonMap, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

export function at(value: unknown, ...path: (string | number)[]): Json | undefined {
  let here: unknown = value;
  for (const step of path) {
    if (typeof step === "number") here = Array.isArray(here) ? here[step] : undefined;
    else here = isMap(here) ? own(here, step) : undefined;
  }
  return here as Json | undefined;
}

export const text = (value: unknown, otherwise = ""): string =>
  typeof value === "string" ? value : otherwise;
export const number = (value: unknown, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;
export const list = (value: unknown): JsonMap[] => (Array.isArray(value) ? value.filter(isMap) : []);
export const map = (value: unknown): JsonMap => (isMap(value) ? value : {});

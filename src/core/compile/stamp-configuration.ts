import { isMap } from "../catalog/text-values.ts";
import { groupOf, type KubernetesObject, podAnnotations } from "../kubernetes-object.ts";
import { configurationOf, type Reference } from "../relations/references.ts";
import type { CompiledNode } from "./compile-design.ts";

/** Turns a text into one that says only whether two texts are the same: it ends up where more people can read it. */
type Hash = (text: string) => string;

const stampLength = 16;
/** Those that bring their pods up to date when the template changes. */
const rolling: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "DaemonSet"]);

/**
 * Puts on every pod template what its configuration comes to, as pods are not replaced when only what they mount or
 * read has changed. `kept` are objects of the design that are in the cluster and not sent this time.
 */
export function stampConfiguration(
  nodes: readonly CompiledNode[],
  hash: Hash,
  kept: readonly KubernetesObject[] = [],
): CompiledNode[] {
  const known = new Map<string, KubernetesObject>();
  // What is sent is what will be there.
  for (const object of [...kept, ...nodes.flatMap(({ objects }) => objects)].filter(isConfiguration)) {
    const { kind, metadata } = object;
    known.set(placeOf({ kind, name: metadata.name }, metadata), object);
  }
  const stamped = (object: KubernetesObject) => (isRolling(object) ? withStamp(object, known, hash) : object);
  return nodes.map((node) => ({ ...node, objects: node.objects.map(stamped) }));
}

function isConfiguration({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === "v1" && (kind === "ConfigMap" || kind === "Secret");
}

function isRolling({ apiVersion, kind, spec }: KubernetesObject): boolean {
  return groupOf(apiVersion) === "apps" && rolling.has(kind) && isMap(spec?.template);
}

function placeOf({ kind, name }: Reference, { namespace = "" }: KubernetesObject["metadata"]): string {
  return `${kind}/${namespace}/${name}`;
}

/** A stamp that people drew goes, whether there is one of ours or not: it would not say what it stands for. */
function withStamp(
  object: KubernetesObject,
  known: ReadonlyMap<string, KubernetesObject>,
  hash: Hash,
): KubernetesObject {
  const places = configurationOf(object).map((each) => placeOf(each, object.metadata));
  const used = [...new Set(places)].toSorted().flatMap((place) => known.get(place) ?? []);
  const stamp = used.length > 0 ? hash(textOf(used)).slice(0, stampLength) : undefined;

  const template = isMap(object.spec?.template) ? object.spec.template : {};
  const { annotations, ...metadata } = isMap(template.metadata) ? template.metadata : {};
  const drawn = isMap(annotations) ? annotations : {};
  const { [podAnnotations.configuration]: theirs, ...others } = drawn;
  if (stamp === undefined && theirs === undefined) return object;
  const all = { ...others, ...(stamp !== undefined && { [podAnnotations.configuration]: stamp }) };
  const marked = { ...metadata, ...(Object.keys(all).length > 0 && { annotations: all }) };
  return { ...object, spec: { ...object.spec, template: { ...template, metadata: marked } } };
}

/** One text for one content, in whatever order it was written. */
function textOf(used: readonly KubernetesObject[]): string {
  return JSON.stringify(
    used.map((object) => {
      const { data, binaryData, stringData } = object as KubernetesObject & Record<string, unknown>;
      return [object.kind, object.metadata.name, ...[data, binaryData, stringData].map(sortedEntries)];
    }),
  );
}

function sortedEntries(values: unknown): [string, unknown][] {
  return Object.entries(isMap(values) ? values : {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

import type { DesignNode } from "../../contract/design.ts";
import { catalog } from "../catalog/catalog.ts";
import type { Fault } from "../catalog/fault.ts";
import type { NodeKind } from "../catalog/kind.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { compareData } from "../versions/compare-data.ts";
import { moveSettings } from "./move-settings.ts";
import { overlayBetween } from "./overlay-between.ts";
import { sameMeaning } from "./same-meaning.ts";
import { withUsualValues } from "./usual-values.ts";

type Data = Readonly<Record<string, unknown>>;

/** What a node's data becomes where it stands. */
export type ToObjects = (data: Data) => { objects: readonly KubernetesObject[]; faults: readonly Fault[] };

/** A fault of `settings` has its path in a node's data, one of `objects` in the main object. */
export type Reading = { data: Record<string, unknown> } | { faults: Fault[]; of: "settings" | "objects" };

/**
 * The data that makes a node become just these objects, as near as can be to what it was. What there is no setting
 * for goes into the overlay; what neither can say is a fault. The main object comes last, as in `toObjects`.
 */
export function fromObjects(
  { type, data }: Pick<DesignNode, "type" | "data">,
  objects: readonly KubernetesObject[],
  toObjects: ToObjects,
): Reading {
  const kind = catalog.get(type);
  const main = objects.at(-1);
  if (!kind || !main) return refused("", "There is no object to read");
  if (typeof main.metadata?.name !== "string") return refused("/metadata/name", "The object has no name");
  const secret = valueFaults(main);
  if (secret.length > 0) return { faults: secret, of: "objects" };
  const before = toObjects(data);
  const known = before.objects.at(-1);
  if (known && known.kind !== main.kind)
    return refused("/kind", `This node is a ${known.kind}, and stays one`);
  if (known && isMade(before.objects, objects)) return { data: { ...data } };

  const attempts = [
    ...(known ? [() => nearest(kind, data, main, toObjects)] : []),
    () => anew(kind, data, main),
  ];
  let last: Reading = refused("", "This cannot be said here");
  for (const attempt of attempts) {
    const reading = completed(attempt(), objects, toObjects);
    if ("data" in reading) return reading;
    last = reading;
  }
  return last;
}

/** The settings that have no say, as the node's overlay says otherwise. */
export function overruled({ type, data }: Pick<DesignNode, "type" | "data">, toObjects: ToObjects): string[] {
  const kind = catalog.get(type);
  const [alone, whole] = [toObjects(plain(data)).objects.at(-1), toObjects(data).objects.at(-1)];
  if (!kind || !alone || !whole || data.overlay === undefined) return [];
  const differing = compareData(kind.read(alone, data), kind.read(whole, data));
  return [...new Set(differing.map(({ path }) => path.split("/")[1] ?? ""))];
}

/** The settings with what has changed, again and again as one change may bring another with it. */
function nearest(kind: NodeKind, data: Data, main: KubernetesObject, toObjects: ToObjects): Data {
  let said = data;
  for (let round = 0; round < 4; round += 1) {
    const made = toObjects(plain(said)).objects.at(-1);
    if (!made) return said;
    const wanted = kind.read(withUsualValues(main, made), data);
    const moved = moveSettings(said, kind.read(made, data), wanted);
    if (compareData(said, moved).length === 0) return said;
    said = moved;
  }
  return said;
}

/** Nothing of what was said by settings is kept, but what the canvas keeps beside them. */
function anew(kind: NodeKind, data: Data, main: KubernetesObject): Data {
  const kept = Object.entries(data).filter(([key]) => !(key in kind.settings.properties));
  return { ...kind.read(main, {}), ...Object.fromEntries(kept) };
}

/** With an overlay for the rest, and proof that it comes to what is wanted. */
function completed(said: Data, objects: readonly KubernetesObject[], toObjects: ToObjects): Reading {
  const settings = plain(said);
  const { objects: made, faults } = toObjects(settings);
  const main = made.at(-1);
  if (!main) return { faults: [...faults], of: "settings" };
  const wanted = withUsualValues(objects.at(-1) ?? main, main);
  const overlay = overlayBetween(main, wanted);
  const data = { ...settings, ...(overlay && { overlay }) };
  const finished = toObjects(data);
  if (finished.faults.length > 0) return { faults: [...finished.faults], of: "settings" };
  if (isMade(finished.objects, objects)) return { data };
  return { faults: differences(finished.objects.at(-1) ?? main, wanted), of: "objects" };
}

/** What stands beside the main object is ours to make, and may be left away. */
function isMade(made: readonly KubernetesObject[], wanted: readonly KubernetesObject[]): boolean {
  const [mine, theirs] = [made.at(-1), wanted.at(-1)];
  if (!mine || !theirs || !sameMeaning(mine, withUsualValues(theirs, mine))) return false;
  const beside = made.slice(0, -1);
  return (
    wanted.length === 1 ||
    (wanted.length === made.length &&
      wanted.slice(0, -1).every((each, index) => {
        const own = beside[index];
        return own !== undefined && sameMeaning(own, withUsualValues(each, own));
      }))
  );
}

function plain({ overlay: _, ...settings }: Data): Data {
  return settings;
}

const most = 5;

function differences(made: KubernetesObject, wanted: KubernetesObject): Fault[] {
  const found = compareData(made, wanted).slice(0, most);
  if (found.length === 0)
    return [{ path: "", code: "not-sayable", message: "What is made beside it cannot be changed here" }];
  return found.map(({ path }) => {
    const message = `${path.slice(1).replaceAll("/", ".")} comes from elsewhere, such as an edge, and cannot be changed here`;
    return { path, code: "not-sayable", message };
  });
}

function valueFaults(object: KubernetesObject & { data?: unknown; stringData?: unknown }): Fault[] {
  if (object.kind !== "Secret") return [];
  return (["data", "stringData"] as const).flatMap((part) =>
    Object.entries(object[part] ?? {}).flatMap(([key, value]) => {
      if (value === "" || value === null) return [];
      const message = `The value of ${key} does not belong in a drawing: type it under Settings`;
      return [{ path: `/${part}/${key}`, code: "secret-in-drawing", message }];
    }),
  );
}

function refused(path: string, message: string): Reading {
  return { faults: [{ path, code: "not-sayable", message }], of: "objects" };
}

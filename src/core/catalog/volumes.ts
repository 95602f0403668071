import { presentName } from "../relations/node-names.ts";
import type { Fault } from "./fault.ts";
import { joinedMounts } from "./joined-mounts.ts";
import type { Surroundings } from "./kind.ts";
import { duplicateFaults, isObjectName, type Keys, pick, pointer } from "./text-values.ts";
import { type VolumeMount, type VolumeType, volumeTypeOf } from "./volume-mount.ts";

export interface Volume {
  name: string;
  [source: string]: unknown;
}

/** The mounts of one container, and where its settings are. */
export interface ContainerMounts {
  at: Keys;
  mounts: readonly VolumeMount[];
}

interface Made {
  /** The pod's volumes that are not among its own. */
  volumes: Volume[];
  /** For each container what it mounts, the first one's with what edges bring. */
  mounts: object[][];
  faults: Fault[];
}

type Names = Pick<Surroundings, "neighbours" | "nodeById">;

/** The volumes of a pod and where its containers see them. `known` are the names of its other volumes. */
export function toVolumes(
  lists: readonly ContainerMounts[],
  known: ReadonlySet<string>,
  around: Names,
): Made {
  const volumes = new Map<string, Volume>();
  const faults: Fault[] = [];
  const all = lists.flatMap(({ mounts }) => mounts.map((mount) => resolved(mount, around)));
  const mounts = lists.map(({ at, mounts: given }, index) => {
    const own = given.map((mount) => resolved(mount, around));
    const brought = index === 0 ? joinedMounts(own, all, around) : [];
    const made = [...own, ...brought].flatMap((mount, place) => {
      const volume = volumeOf(mount, volumes, known);
      if (typeof volume === "string") return [containerMount(mount, volume)];
      faults.push({ ...volume, path: pointer(...at, "volumeMounts", place, volume.path) });
      return [];
    });
    const path = (place: number) => pointer(...at, "volumeMounts", place, "mountPath");
    faults.push(
      ...duplicateFaults([...own, ...brought], ({ mountPath }) => mountPath, path, "The mount path"),
    );
    return made;
  });
  return { volumes: [...volumes.values()], mounts, faults };
}

/** What is mounted from a node is of its kind, and called as it is called now. */
function resolved(mount: VolumeMount, around: Names): VolumeMount {
  const node = mount.nodeId === undefined ? undefined : around.nodeById(mount.nodeId);
  const type = mount.type ?? (node && volumeTypeOf.get(node.type));
  const name = presentName(mount, around);
  return { ...mount, ...(type && { type }), ...(name !== undefined && { name }) };
}

/** The name of the volume behind a mount, made if need be, or what is wrong with it. */
function volumeOf(
  mount: VolumeMount,
  volumes: Map<string, Volume>,
  known: ReadonlySet<string>,
): string | Fault {
  const { type, name, mountPath } = mount;
  if (type === undefined) return name !== undefined && known.has(name) ? name : unknownVolume(mount);
  const source = sourceOf(type, mount);
  if (!source) {
    const message = `The volume at ${mountPath} does not say what it holds`;
    return { path: type === "hostPath" ? "hostPath" : "name", code: "required", message };
  }
  if (name !== undefined && volumeTypes.has(type) && !isObjectName(name)) {
    const message = `The volume at ${mountPath} names “${name}”, as no object can be called`;
    return { path: "name", code: "wrong-form", message };
  }
  // Two empty directories are two, unless they bear one name.
  const key = JSON.stringify([source, type === "emptyDir" ? name : undefined]);
  const taken = new Set([...known, ...[...volumes.values()].map((each) => each.name)]);
  const volume = volumes.get(key) ?? { name: volumeNameFor(name ?? "files", taken), ...source };
  volumes.set(key, volume);
  return volume.name;
}

/** Types of volumes that are objects of their own. */
const volumeTypes: ReadonlySet<string> = new Set(volumeTypeOf.values());

function unknownVolume({ name, mountPath }: VolumeMount): Fault {
  const message = name
    ? `The volume “${name}” at ${mountPath} is none of this node's: say its type, or list it under volumes`
    : `The volume at ${mountPath} does not say what it holds`;
  return { path: name ? "name" : "type", code: "volume-unknown", message };
}

function sourceOf(
  type: VolumeType,
  { name, hostPath, hostPathType = "Directory" }: VolumeMount,
): Record<string, unknown> | undefined {
  if (type === "emptyDir") return { emptyDir: {} };
  if (type === "hostPath") return hostPath ? { hostPath: { path: hostPath, type: hostPathType } } : undefined;
  if (!name) return undefined;
  if (type === "configMap") return { configMap: { name } };
  if (type === "secret") return { secret: { secretName: name } };
  return { persistentVolumeClaim: { claimName: name } };
}

const passed = ["mountPath", "readOnly", "subPath", "subPathExpr", "mountPropagation", "recursiveReadOnly"];

function containerMount(mount: VolumeMount, name: string): object {
  const isReadOnly = mount.type === "configMap" || mount.type === "secret";
  return { name, ...(isReadOnly && { readOnly: true }), ...pick(mount, passed) };
}

/** What a volume is called after what it holds: a label that no other volume of the pod has. */
export function volumeNameFor(wanted: string, taken: ReadonlySet<unknown>): string {
  const readable = wanted
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "");
  const base = `${readable || "files"}-volume`;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

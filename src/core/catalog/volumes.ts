import { Type } from "typebox";
import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../relations/node-names.ts";
import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import { duplicateFaults, pointer } from "./text-values.ts";

export const volumeMount = Type.Object({
  type: Type.Enum(["configMap", "secret", "persistentVolumeClaim", "hostPath", "emptyDir"], {
    title: "Type",
  }),
  name: Type.Optional(Type.String({ title: "Name", maxLength: 253 })),
  mountPath: Type.String({
    title: "Mount path",
    minLength: 1,
    pattern: "^[^:]+$",
    refusal: "must be a path without a colon",
  }),
  nodeId: Type.Optional(Type.String()),
  readOnly: Type.Optional(Type.Boolean()),
  subPath: Type.Optional(Type.String()),
  hostPath: Type.Optional(Type.String()),
  hostPathType: Type.Optional(Type.String()),
});

interface Mount {
  type: "configMap" | "secret" | "persistentVolumeClaim" | "hostPath" | "emptyDir";
  name?: string;
  mountPath: string;
  nodeId?: string;
  readOnly?: boolean;
  subPath?: string;
  hostPath?: string;
  hostPathType?: string;
}

interface Volume {
  name: string;
  [source: string]: unknown;
}

interface ContainerMount {
  name: string;
  mountPath: string;
  readOnly?: boolean;
  subPath?: string;
}

/** What an edge from such a node mounts where nothing else is said. */
const mountedKinds: Readonly<Record<string, { type: Mount["type"]; path(node: DesignNode): string }>> = {
  configmap: { type: "configMap", path: ({ data }) => textOr(data.mountPath, "/etc/config") },
  secret: { type: "secret", path: ({ data }) => textOr(data.mountPath, "/etc/secrets") },
  persistentvolumeclaim: { type: "persistentVolumeClaim", path: (node) => `/data/${nameOfNode(node)}` },
};

/** The volumes of a pod and where its main container sees them: those it names, and those its edges bring. */
export function toVolumes(given: readonly Mount[], around: Pick<Surroundings, "neighbours" | "nodeById">) {
  const named = given.map((mount) => ({ ...mount, name: presentName(mount, around) }));
  const mounts = [...named, ...fromEdges(named, around)];
  const volumes = new Map<string, Volume>();
  const containerMounts: ContainerMount[] = [];
  const faults: Fault[] = [];

  for (const [index, mount] of mounts.entries()) {
    const source = sourceOf(mount);
    if (!source) {
      const path = pointer("volumeMounts", index, mount.type === "hostPath" ? "hostPath" : "name");
      faults.push({
        path,
        code: "required",
        message: `The volume at ${mount.mountPath} does not say what it holds`,
      });
      continue;
    }
    const key = JSON.stringify(source);
    const volume = volumes.get(key) ?? { name: freeName(mount.name ?? "files", volumes), ...source };
    volumes.set(key, volume);
    containerMounts.push(toContainerMount(mount, volume.name));
  }
  const at = (index: number) => pointer("volumeMounts", index, "mountPath");
  faults.push(...duplicateFaults(containerMounts, ({ mountPath }) => mountPath, at, "The mount path"));
  return { volumes: [...volumes.values()], mounts: containerMounts, faults };
}

/** What is mounted from a node is called as that node is called now. */
function presentName({ name, nodeId }: Mount, { nodeById }: Pick<Surroundings, "nodeById">): string {
  const node = nodeId === undefined ? undefined : nodeById(nodeId);
  return node ? nameOfNode(node) : (name ?? "");
}

function fromEdges(
  given: readonly Mount[],
  { neighbours }: Pick<Surroundings, "neighbours">,
): (Mount & { name: string })[] {
  const taken = new Set(given.map(({ mountPath }) => mountPath));
  const brought: (Mount & { name: string })[] = [];
  for (const { node } of neighbours) {
    const kind = Object.hasOwn(mountedKinds, node.type) ? mountedKinds[node.type] : undefined;
    if (!kind) continue;
    const name = nameOfNode(node);
    if (given.some((mount) => mount.type === kind.type && mount.name === name)) continue;
    if (brought.some((mount) => mount.type === kind.type && mount.name === name)) continue;
    const path = kind.path(node);
    const mountPath = taken.has(path) ? `${path}/${name}` : path;
    taken.add(mountPath);
    brought.push({ type: kind.type, name, mountPath });
  }
  return brought;
}

function sourceOf({
  type,
  name,
  hostPath,
  hostPathType = "Directory",
}: Mount): Omit<Volume, "name"> | undefined {
  if (type === "emptyDir") return { emptyDir: {} };
  if (type === "hostPath") return hostPath ? { hostPath: { path: hostPath, type: hostPathType } } : undefined;
  if (!name) return undefined;
  if (type === "configMap") return { configMap: { name } };
  if (type === "secret") return { secret: { secretName: name } };
  return { persistentVolumeClaim: { claimName: name } };
}

function toContainerMount({ type, mountPath, readOnly, subPath }: Mount, name: string): ContainerMount {
  const isReadOnly = readOnly ?? (type === "configMap" || type === "secret" ? true : undefined);
  return {
    name,
    mountPath,
    ...(isReadOnly !== undefined && { readOnly: isReadOnly }),
    ...(subPath && { subPath }),
  };
}

/** A label no other volume of the pod has. */
function freeName(wanted: string, volumes: ReadonlyMap<string, Volume>): string {
  const base = `${wanted
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "")}-volume`;
  const names = new Set([...volumes.values()].map(({ name }) => name));
  if (!names.has(base)) return base;
  for (let number = 2; ; number += 1) if (!names.has(`${base}-${number}`)) return `${base}-${number}`;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

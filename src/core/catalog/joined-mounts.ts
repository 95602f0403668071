import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../relations/node-names.ts";
import type { Surroundings } from "./kind.ts";
import { type VolumeMount, volumeTypeOf } from "./volume-mount.ts";

/** What edges mount that no setting mounts already: the workload sees it at the place its node names, or at the usual one. */
export function joinedMounts(
  own: readonly VolumeMount[],
  all: readonly VolumeMount[],
  { neighbours }: Pick<Surroundings, "neighbours">,
): VolumeMount[] {
  const taken = new Set(own.map(({ mountPath }) => mountPath));
  const mounted = new Set(all.map(identityOf));
  const brought: VolumeMount[] = [];
  for (const { node } of neighbours) {
    const type = volumeTypeOf.get(node.type);
    const name = nameOfNode(node);
    if (!type || mounted.has(identityOf({ type, name }))) continue;
    mounted.add(identityOf({ type, name }));
    const mountPath = freePath(usualPath(node), name, taken);
    taken.add(mountPath);
    brought.push({ type, name, mountPath });
  }
  return brought;
}

function identityOf({ type, name }: Pick<VolumeMount, "type" | "name">): string {
  return `${type} ${name}`;
}

function usualPath(node: DesignNode): string {
  const { mountPath } = node.data;
  if (typeof mountPath === "string" && mountPath.trim() !== "") return mountPath.trim();
  if (node.type === "configmap") return "/etc/config";
  return node.type === "secret" ? "/etc/secrets" : `/data/${nameOfNode(node)}`;
}

function freePath(wanted: string, name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const own = `${wanted.replace(/\/+$/, "")}/${name}`;
  if (!taken.has(own)) return own;
  for (let number = 2; ; number += 1) if (!taken.has(`${own}-${number}`)) return `${own}-${number}`;
}

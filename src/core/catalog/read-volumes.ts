import { asMap, asMaps, given, type Said } from "./read-metadata.ts";
import { volumeNameFor } from "./volumes.ts";

interface ReadVolumes {
  /** Volumes that mounts cannot make by themselves. */
  volumes: Record<string, unknown>[];
  mountsOf(container: Said): Record<string, unknown>[];
}

/** A pod's volumes and mounts as settings: a mount says itself what it mounts wherever it can. */
export function readVolumes(pod: Said, said: Said): ReadVolumes {
  const containers = [...asMaps(pod.containers), ...asMaps(pod.initContainers)];
  const all = containers.flatMap(({ volumeMounts }) => asMaps(volumeMounts));
  const listed = new Set(asMaps(said.volumes).map(({ name }) => name));
  const volumes = asMaps(pod.volumes);
  const sources = volumes.map(({ name: _, ...source }) => JSON.stringify(source));
  const typed = new Map<unknown, Record<string, unknown>>();
  // Names are given in the order of the mounts.
  const mounted = [...new Set(all.map(({ name }) => name))];
  for (const [index, volume] of volumes.entries()) {
    const own = all.filter(({ name }) => name === volume.name);
    const isShared = sources.filter((each) => each === sources[index]).length > 1 && !volume.emptyDir;
    const type =
      listed.has(volume.name) || isShared || own.length === 0
        ? undefined
        : typeOf(volume, new Set(mounted.slice(0, mounted.indexOf(volume.name))));
    const isFile = type?.type === "configMap" || type?.type === "secret";
    // Files of configuration are always mounted read-only here.
    if (type && !(isFile && own.some(({ readOnly }) => readOnly !== true))) typed.set(volume.name, type);
  }
  return {
    volumes: volumes.filter(({ name }) => !typed.has(name)),
    mountsOf: ({ volumeMounts }) =>
      asMaps(volumeMounts).map((mount) => readMount(mount, typed.get(mount.name))),
  };
}

function readMount(mount: Record<string, unknown>, type: Record<string, unknown> | undefined) {
  if (!type) return mount;
  const { name: _, readOnly, ...rest } = mount;
  const isFile = type.type === "configMap" || type.type === "secret";
  return given({ ...type, ...rest, readOnly: isFile ? undefined : readOnly });
}

const hostPathTypes = /^(DirectoryOrCreate|Directory|FileOrCreate|File|Socket|CharDevice|BlockDevice)$/;

/** What a mount has to say to make just this volume, after others that were named before. */
function typeOf(
  { name, ...source }: Record<string, unknown>,
  before: ReadonlySet<unknown>,
): Record<string, unknown> | undefined {
  const [[kind, given] = [], ...others] = Object.entries(source);
  if (others.length > 0 || typeof name !== "string") return undefined;
  const said = asMap(given);
  const own = name.replace(/-volume$/, "");
  const isCalled = (called: unknown) => typeof called === "string" && volumeNameFor(called, before) === name;
  const isOnly = (...keys: string[]) => Object.keys(said).sort().join() === keys.sort().join();
  if (kind === "configMap" && isOnly("name") && isCalled(said.name)) return { type: kind, name: said.name };
  if (kind === "secret" && isOnly("secretName") && isCalled(said.secretName))
    return { type: kind, name: said.secretName };
  if (kind === "persistentVolumeClaim" && isOnly("claimName") && isCalled(said.claimName))
    return { type: kind, name: said.claimName };
  if (kind === "emptyDir" && isOnly() && isCalled(own)) return { type: kind, name: own };
  const isHost = kind === "hostPath" && isOnly("path", "type") && hostPathTypes.test(String(said.type));
  return isHost && isCalled(own)
    ? { type: kind, name: own, hostPath: said.path, hostPathType: said.type }
    : undefined;
}

import { Type } from "typebox";
import { accessFaults } from "./access-faults.ts";
import { accessModes, commonSettings, name, nameOf, storage, volumeMode } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { asMap, given, readMetadata } from "./read-metadata.ts";
import { pick } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

export const persistentvolumeclaim = nodeKind({
  title: kindTitles.persistentvolumeclaim,
  settings: Type.Object(
    hinted(
      {
        name,
        ...commonSettings,
        storage: storage("10Gi"),
        accessModes,
        storageClassName: Type.Optional(nameOf("Storage class")),
        volumeMode,
        volumeName: Type.Optional(nameOf("Volume")),
        mountPath: Type.Optional(Type.String({ title: "Mount path" })),
      },
      {
        storage: {
          order: 10,
          unit: "bytes",
          description: "How much room is asked for. It can grow later, never shrink.",
        },
        mountPath: {
          order: 20,
          description: "Where workloads joined to it see the volume.",
          examples: ["/data"],
        },
        storageClassName: {
          order: 30,
          description: "What kind of disk; the cluster's usual one without a name.",
        },
        accessModes: {
          group: "Volume",
          description: "How many pods, on how many machines, may use it at once.",
        },
        volumeMode: { group: "Volume", description: "A file system, or the bare device." },
        volumeName: { group: "Volume", description: "A volume that exists already, instead of a new one." },
      },
    ),
  ),
  fitting: { name: "name" },

  read(object, said) {
    const spec = asMap(object.spec);
    const { storage } = asMap(asMap(spec.resources).requests);
    const own = ["accessModes", "storageClassName", "volumeMode", "volumeName"];
    return given({ ...readMetadata(object, said), storage, ...pick(spec, own) });
  },

  make(settings, around) {
    const { storage, accessModes, storageClassName, volumeMode, volumeName } = settings;
    const spec = {
      accessModes: accessModes.length > 0 ? [...new Set(accessModes)] : ["ReadWriteOnce"],
      resources: { requests: { storage: String(storage) } },
      ...(storageClassName && { storageClassName }),
      ...(volumeMode && { volumeMode }),
      ...(volumeName && { volumeName }),
    };
    const metadata = metadataOf(settings, around);
    const object = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec };
    return {
      objects: [object],
      faults: [...metadataFaults(settings), ...accessFaults(accessModes, ["accessModes"])],
    };
  },
});

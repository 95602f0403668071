import { Type } from "typebox";
import { accessFaults } from "./access-faults.ts";
import { accessModes, commonSettings, name, nameOf, storage, volumeMode } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";

export const persistentvolumeclaim = nodeKind({
  title: "PersistentVolumeClaim",
  settings: Type.Object({
    name,
    ...commonSettings,
    storage: storage("10Gi"),
    accessModes,
    storageClassName: Type.Optional(nameOf("Storage class")),
    volumeMode,
    volumeName: Type.Optional(nameOf("Volume")),
    mountPath: Type.Optional(Type.String({ title: "Mount path" })),
  }),
  fitting: { name: "name" },

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

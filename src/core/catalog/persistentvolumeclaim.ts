import { Type } from "typebox";
import { annotations, labels, name, namespace, quantity } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { metadataOf } from "./pod-template.ts";
import { labelFaults } from "./text-values.ts";

const accessMode = Type.Enum(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"], {
  title: "Access mode",
});

export const persistentvolumeclaim = nodeKind({
  title: "PersistentVolumeClaim",
  settings: Type.Object({
    name,
    namespace,
    storage: Type.Optional(quantity("Storage")),
    accessModes: Type.Optional(Type.Array(accessMode, { title: "Access modes" })),
    storageClassName: Type.Optional(Type.String({ title: "Storage class" })),
    volumeMode: Type.Optional(Type.Enum(["Filesystem", "Block"], { title: "Volume mode" })),
    volumeName: Type.Optional(Type.String({ title: "Volume" })),
    labels: Type.Optional(labels("Labels")),
    annotations: Type.Optional(annotations),
  }),

  make(settings, around) {
    const { storage = "10Gi", storageClassName, volumeMode, volumeName } = settings;
    const accessModes = settings.accessModes?.length ? settings.accessModes : ["ReadWriteOnce"];
    const spec = {
      accessModes,
      resources: { requests: { storage: String(storage) } },
      ...(storageClassName && { storageClassName }),
      ...(volumeMode && { volumeMode }),
      ...(volumeName && { volumeName }),
    };
    const metadata = metadataOf(settings, around);
    const object = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec };
    return { objects: [object], faults: labelFaults(settings.labels, "labels") };
  },
});

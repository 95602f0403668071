import { type Static, Type } from "typebox";
import { hinted } from "./hints.ts";

const hostPathTypes = [
  "DirectoryOrCreate",
  "Directory",
  "FileOrCreate",
  "File",
  "Socket",
  "CharDevice",
  "BlockDevice",
] as const;

/** Where a container sees a volume: one this says itself, one of `volumes`, or a claim of a StatefulSet. */
export const volumeMount = Type.Object(
  hinted(
    {
      type: Type.Optional(
        Type.Enum(["configMap", "secret", "persistentVolumeClaim", "hostPath", "emptyDir"], {
          title: "Type",
        }),
      ),
      name: Type.Optional(Type.String({ title: "Name", maxLength: 253 })),
      mountPath: Type.String({
        title: "Mount path",
        minLength: 1,
        pattern: "^[^:]+$",
        refusal: "must be a path without a colon",
      }),
      nodeId: Type.Optional(Type.String()),
      readOnly: Type.Optional(Type.Boolean({ title: "Read only" })),
      subPath: Type.Optional(
        Type.String({
          title: "Sub-path",
          pattern: "^(?!/)(?!(.*/)?\\.\\.(/|$))",
          refusal: "must be a relative path without “..”",
        }),
      ),
      subPathExpr: Type.Optional(Type.String({ title: "Sub-path expression" })),
      mountPropagation: Type.Optional(
        Type.Enum(["None", "HostToContainer", "Bidirectional"], { title: "Mount propagation" }),
      ),
      recursiveReadOnly: Type.Optional(Type.String({ title: "Recursively read only" })),
      hostPath: Type.Optional(
        Type.String({
          title: "Host path",
          pattern: "^(?!(.*/)?\\.\\.(/|$))",
          refusal: "must be a path without “..”",
        }),
      ),
      hostPathType: Type.Optional(Type.Enum([...hostPathTypes], { title: "Host path type" })),
    },
    {
      mountPath: { order: 1, examples: ["/data"] },
      type: { order: 2, description: "Without one, the name is that of a volume listed under Volumes." },
      name: { order: 3 },
      nodeId: { widget: "hidden" },
    },
  ),
  { title: "Volume mount" },
);
export type VolumeMount = Static<typeof volumeMount>;
export type VolumeType = NonNullable<VolumeMount["type"]>;

/** Node kinds that can be mounted, and what Kubernetes calls such a volume. */
export const volumeTypeOf: ReadonlyMap<string, VolumeType> = new Map([
  ["configmap", "configMap"],
  ["secret", "secret"],
  ["persistentvolumeclaim", "persistentVolumeClaim"],
]);

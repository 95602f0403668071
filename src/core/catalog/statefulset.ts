import { type Static, Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { containerPorts } from "../relations/ports.ts";
import { accessFaults } from "./access-faults.ts";
import { withDatabaseAccess } from "./database-access.ts";
import { readyHints, replicas, replicasHints, scaledToNothing, strategyOf } from "./deployment.ts";
import {
  accessModes,
  asKubernetes,
  labelName,
  listOf,
  nameOf,
  serviceName,
  storage,
  volumeMode,
  wholeNumber,
} from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { appLabel } from "./metadata.ts";
import { workloadSettings } from "./pod-settings.ts";
import { toPodTemplate } from "./pod-template.ts";
import { readSet } from "./read-set.ts";
import { duplicateFaults, pointer } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

const claimTemplate = Type.Object(
  {
    name: labelName,
    storage: storage("10Gi"),
    storageClassName: Type.Optional(nameOf("Storage class")),
    accessModes,
    volumeMode,
    mountPath: Type.Optional(Type.String({ title: "Mount path" })),
  },
  { title: "Volume claim" },
);

const settings = Type.Object(
  hinted(
    {
      name: labelName,
      ...workloadSettings,
      replicas,
      serviceName: Type.Optional(Type.String({ ...serviceName, title: "Governing service" })),
      volumeClaimTemplates: Type.Optional(listOf("Volume claims", claimTemplate)),
      updateStrategy: Type.Optional(
        Type.Union([
          Type.Enum(["RollingUpdate", "OnDelete"], { title: "Update strategy" }),
          asKubernetes("Update strategy"),
        ]),
      ),
      podManagementPolicy: Type.Optional(
        Type.Enum(["OrderedReady", "Parallel"], { title: "Pod management" }),
      ),
      persistentVolumeClaimRetentionPolicy: Type.Optional(asKubernetes("Claim retention")),
      minReadySeconds: Type.Optional(wholeNumber("Ready for at least")),
      revisionHistoryLimit: Type.Optional(wholeNumber("Old revisions kept")),
    },
    {
      replicas: replicasHints,
      volumeClaimTemplates: { order: 60, description: "A volume for each pod, kept when the pod goes." },
      persistentVolumeClaimRetentionPolicy: {
        group: "Storage",
        description: "What becomes of the claims when pods or the set go.",
      },
      serviceName: {
        group: "Rollout",
        description: "The service that names the pods; one is made without a name.",
      },
      updateStrategy: { group: "Rollout" },
      podManagementPolicy: { group: "Rollout", description: "One after another, or all at once." },
      minReadySeconds: readyHints,
      revisionHistoryLimit: { group: "Rollout" },
    },
  ),
);
type Settings = Static<typeof settings>;

export const statefulset = nodeKind({
  title: kindTitles.statefulset,
  settings,
  fitting: { name: "name" },

  read: readSet,

  make(given, around) {
    const { env, warnings } = withDatabaseAccess(given, around);
    const claims = given.volumeClaimTemplates ?? [];
    const mounted = claims.map(({ name, mountPath = `/data/${name}` }) => ({ name, mountPath }));
    const told = { ...given, ...(env !== undefined && { env }) };
    const { template, metadata, beside, faults } = toPodTemplate(told, around, { claims: mounted });
    const governing = given.serviceName ?? given.name;
    const spec = {
      serviceName: governing,
      ...(!around.isScaled && { replicas: given.replicas }),
      selector: { matchLabels: appLabel(given.name) },
      ...optionsOf(given),
      template,
      ...(claims.length > 0 && {
        volumeClaimTemplates: claims.map((claim) => toClaim(claim, given.name, around)),
      }),
    };
    const workload = { apiVersion: "apps/v1", kind: "StatefulSet", metadata, spec };
    const isDrawn = around.nodeNamed(["service"], governing) !== undefined;
    const service = isDrawn ? [] : [governingService(governing, given, around)];
    const at = (index: number) => pointer("volumeClaimTemplates", index, "name");
    return {
      objects: [...service, ...beside, workload],
      faults: [
        ...faults,
        ...duplicateFaults(claims, ({ name }) => name, at, "The claim"),
        ...claims.flatMap(({ accessModes: modes }, index) =>
          accessFaults(modes, ["volumeClaimTemplates", index, "accessModes"]),
        ),
        ...(isDrawn ? [] : governingFaults(given)),
      ],
      warnings: [...warnings, ...scaledToNothing(around.isScaled, given.replicas)],
    };
  },
});

function optionsOf(given: Settings) {
  const { podManagementPolicy, persistentVolumeClaimRetentionPolicy } = given;
  const { minReadySeconds, revisionHistoryLimit } = given;
  const updateStrategy = strategyOf(given.updateStrategy);
  return {
    ...(updateStrategy && { updateStrategy }),
    ...(podManagementPolicy && { podManagementPolicy }),
    ...(persistentVolumeClaimRetentionPolicy && { persistentVolumeClaimRetentionPolicy }),
    ...(minReadySeconds !== undefined && { minReadySeconds }),
    ...(revisionHistoryLimit !== undefined && { revisionHistoryLimit }),
  };
}

type ClaimTemplate = Static<typeof claimTemplate>;

function toClaim(claim: ClaimTemplate, app: string, { labels }: Surroundings) {
  const { name, storage, storageClassName, accessModes, volumeMode } = claim;
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, labels: { ...appLabel(app), ...labels } },
    spec: {
      accessModes: accessModes.length > 0 ? accessModes : ["ReadWriteOnce"],
      resources: { requests: { storage: String(storage) } },
      ...(storageClassName && { storageClassName }),
      ...(volumeMode && { volumeMode }),
    },
  };
}

/** The service that gives each pod its name; without one the API server takes the set, and its pods have none. */
function governingService(
  name: string,
  given: Settings,
  { namespace, labels }: Surroundings,
): KubernetesObject {
  const port = containerPorts(given)[0]?.containerPort ?? 80;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: { ...appLabel(given.name), ...labels } },
    spec: {
      clusterIP: "None",
      selector: appLabel(given.name),
      ports: [{ name: "http", protocol: "TCP", port, targetPort: port }],
    },
  };
}

/** A service is named more strictly than a set, so that a set cannot lend it any name of its own. */
function governingFaults({ name, serviceName }: Settings) {
  if (serviceName !== undefined || /^[a-z]/.test(name)) return [];
  const message = "Name begins with a digit, which a service may not: name the governing service";
  return [{ path: "/serviceName", code: "wrong-form", message }];
}

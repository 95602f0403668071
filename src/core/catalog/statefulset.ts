import { type Static, Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { scaledToNothing } from "./deployment.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, labelName, listOf, quantity, serviceName, texts, wholeNumber } from "./fields.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { appLabel, toPodTemplate, workloadSettings } from "./pod-template.ts";
import { duplicateFaults, pointer } from "./text-values.ts";

const claimTemplate = Type.Object({
  name: labelName,
  storage: quantity("Storage"),
  storageClassName: Type.Optional(Type.String({ title: "Storage class" })),
  accessModes: Type.Optional(texts("Access modes")),
  volumeMode: Type.Optional(Type.Enum(["Filesystem", "Block"], { title: "Volume mode" })),
  mountPath: Type.Optional(Type.String({ title: "Mount path" })),
});

const settings = Type.Object({
  name: labelName,
  ...workloadSettings,
  replicas: Type.Optional(wholeNumber("Replicas")),
  serviceName: Type.Optional({ ...serviceName, title: "Governing service" }),
  volumeClaimTemplates: Type.Optional(listOf("Volume claims", claimTemplate)),
  updateStrategy: Type.Optional(asKubernetes("Update strategy")),
  podManagementPolicy: Type.Optional(Type.Enum(["OrderedReady", "Parallel"], { title: "Pod management" })),
  persistentVolumeClaimRetentionPolicy: Type.Optional(asKubernetes("Claim retention")),
});
type Settings = Static<typeof settings>;

export const statefulset = nodeKind({
  title: "StatefulSet",
  settings,

  make(given, around) {
    const { env, warnings } = withDatabaseAccess(given, around);
    const { template, metadata, beside, faults } = toPodTemplate({ ...given, env }, around);
    const claims = given.volumeClaimTemplates ?? [];
    const { replicas = 1, updateStrategy, podManagementPolicy, persistentVolumeClaimRetentionPolicy } = given;
    const governing = given.serviceName ?? given.name;
    mountClaims(template.spec, claims);
    const spec = {
      serviceName: governing,
      ...(!around.isScaled && { replicas }),
      selector: { matchLabels: appLabel(given.name) },
      ...(updateStrategy && { updateStrategy }),
      ...(podManagementPolicy && { podManagementPolicy }),
      ...(persistentVolumeClaimRetentionPolicy && { persistentVolumeClaimRetentionPolicy }),
      template,
      ...(claims.length > 0 && {
        volumeClaimTemplates: claims.map((claim) => toClaim(claim, given.name, around)),
      }),
    };
    const workload = { apiVersion: "apps/v1", kind: "StatefulSet", metadata, spec };
    const isMade = around.hasService(governing, around.namespace);
    const service = isMade ? [] : [governingService(governing, given, around)];
    const at = (index: number) => pointer("volumeClaimTemplates", index, "name");
    return {
      objects: [...service, ...beside, workload],
      faults: [...faults, ...duplicateFaults(claims, (claim) => claim.name, at, "The claim")],
      warnings: [...warnings, ...scaledToNothing(around.isScaled, given.replicas)],
    };
  },
});

type ClaimTemplate = Static<typeof claimTemplate>;

function toClaim(claim: ClaimTemplate, app: string, { labels }: Surroundings) {
  const { name, storage, storageClassName, accessModes = ["ReadWriteOnce"], volumeMode } = claim;
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name, labels: { ...appLabel(app), ...labels } },
    spec: {
      accessModes,
      resources: { requests: { storage: String(storage) } },
      ...(storageClassName && { storageClassName }),
      ...(volumeMode && { volumeMode }),
    },
  };
}

function mountClaims(spec: Record<string, unknown>, claims: readonly ClaimTemplate[]): void {
  const [main] = spec.containers as { volumeMounts?: object[] }[];
  if (!main || claims.length === 0) return;
  const mounts = claims.map(({ name, mountPath = `/data/${name}` }) => ({ name, mountPath }));
  main.volumeMounts = [...(main.volumeMounts ?? []), ...mounts];
}

/** The service that gives each pod its name; without one the API server takes the set, and its pods have none. */
function governingService(
  name: string,
  given: Settings,
  { namespace, labels }: Surroundings,
): KubernetesObject {
  const port = given.port || 80;
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: { ...appLabel(given.name), ...labels } },
    spec: {
      clusterIP: "None",
      selector: appLabel(given.name),
      ports: [{ name: "http", port, targetPort: port }],
    },
  };
}

const databases = [
  {
    image: /postgres/,
    known: ["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"],
    set: ["POSTGRES_HOST_AUTH_METHOD", "trust"],
  },
  {
    image: /mysql|mariadb/,
    known: [
      "MYSQL_ROOT_PASSWORD",
      "MYSQL_ALLOW_EMPTY_PASSWORD",
      "MYSQL_RANDOM_ROOT_PASSWORD",
      "MARIADB_ROOT_PASSWORD",
    ],
    set: ["MYSQL_ALLOW_EMPTY_PASSWORD", "yes"],
  },
] as const;

/** These images refuse to start without a word on passwords; existing clients count on one being said for them. */
function withDatabaseAccess(given: Settings, { neighbours, envValues, envKeys }: Surroundings) {
  const quiet = { env: given.env, warnings: [] as Fault[] };
  const { env = {} } = given;
  const database = databases.find(({ image }) => image.test(given.image ?? ""));
  if (!database || typeof env !== "object" || env === null || Array.isArray(env)) return quiet;
  const declared = (given.envKeys ?? []).flatMap((key) => key.name ?? []);
  const names = new Set([...Object.keys(env), ...Object.keys(envValues), ...envKeys, ...declared]);
  const isTold = database.known.some((name) => names.has(name)) || (given.envFrom?.length ?? 0) > 0;
  if (isTold || neighbours.some(({ node }) => node.type === "secret")) return quiet;
  const [key, value] = database.set;
  const message = `No password is set, so ${key}=${value} lets everybody in who reaches it: give one as a secret`;
  return { env: { ...env, [key]: value }, warnings: [{ path: "/env", code: "open-database", message }] };
}

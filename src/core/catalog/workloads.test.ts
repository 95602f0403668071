import { expect, test } from "vitest";
import {
  compileAll,
  containerOf,
  edgeOf,
  faultsIn,
  made,
  nodeOf,
  podOf,
  warningsIn,
} from "../../../test/support/compile-one.ts";
import { isCron } from "./cron.ts";

test("a StatefulSet brings the service that names its pods", () => {
  const { nodes } = compileAll([nodeOf("n", "statefulset", { name: "db", image: "i", port: 5432 })]);
  const [service, set] = nodes[0]?.objects ?? [];
  expect(service).toMatchObject({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "db", labels: { "orrery.dev/node": "n" } },
    spec: { clusterIP: "None", selector: { app: "db" }, ports: [{ port: 5432, targetPort: 5432 }] },
  });
  expect(set).toMatchObject({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    spec: { serviceName: "db", replicas: 1, selector: { matchLabels: { app: "db" } } },
  });
});

test("unless a service node bears its name", () => {
  const set = nodeOf("n", "statefulset", { name: "db", image: "i", serviceName: "db-headless" });
  const kindsWith = (service: object) =>
    compileAll([
      set,
      nodeOf("s", "service", { name: "db-headless", targetApp: "db", ...service }),
    ]).nodes[0]?.objects.map(({ kind }) => kind);
  expect(kindsWith({})).toEqual(["StatefulSet"]);
  expect(kindsWith({ namespace: "other" })).toEqual(["Service", "StatefulSet"]);
  expect(faultsIn("statefulset", { name: "1db", image: "i" })).toEqual(["/serviceName wrong-form"]);
  expect(faultsIn("statefulset", { name: "1db", image: "i", serviceName: "db" })).toEqual([]);
});

test("claims of a StatefulSet are mounted where they say, or at the usual place", () => {
  const volumeClaimTemplates = [
    { id: "1", name: "data", storage: "5Gi" },
    {
      name: "wal",
      storage: 1,
      storageClassName: "fast",
      accessModes: ["ReadWriteOncePod"],
      volumeMode: "Filesystem",
      mountPath: "/wal",
    },
    { name: "tmp", accessModes: [] },
  ];
  const set = made("statefulset", { image: "i", volumeClaimTemplates });
  expect(containerOf(set).volumeMounts).toEqual([
    { name: "data", mountPath: "/data/data" },
    { name: "wal", mountPath: "/wal" },
    { name: "tmp", mountPath: "/data/tmp" },
  ]);
  expect(set.spec?.volumeClaimTemplates).toMatchObject([
    {
      metadata: { name: "data" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
    },
    {
      spec: {
        accessModes: ["ReadWriteOncePod"],
        resources: { requests: { storage: "1" } },
        storageClassName: "fast",
        volumeMode: "Filesystem",
      },
    },
    { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } } },
  ]);
  expect(podOf(set)).not.toHaveProperty("volumes");
});

test("claims that Kubernetes would not take are faults", () => {
  const twice = [{ name: "a" }, { name: "a", mountPath: "/b" }];
  expect(faultsIn("statefulset", { image: "i", volumeClaimTemplates: twice })).toContain(
    "/volumeClaimTemplates/1/name duplicate",
  );
  const wrong = [{ name: "A", storage: "0", accessModes: ["Once"] }, { storage: "lots" }];
  expect(faultsIn("statefulset", { image: "i", volumeClaimTemplates: wrong })).toEqual([
    "/volumeClaimTemplates/0/name wrong-form",
    "/volumeClaimTemplates/0/storage wrong-form",
    "/volumeClaimTemplates/0/accessModes/0 unknown-word",
    "/volumeClaimTemplates/1/name required",
    "/volumeClaimTemplates/1/storage wrong-form",
  ]);
});

test("how a StatefulSet is updated and kept", () => {
  const said = {
    podManagementPolicy: "Parallel",
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" },
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
    minReadySeconds: 0,
    revisionHistoryLimit: 0,
  };
  expect(made("statefulset", { image: "i", replicas: 0, ...said }).spec).toMatchObject({
    replicas: 0,
    ...said,
  });
  expect(made("statefulset", { image: "i", updateStrategy: "OnDelete" }).spec?.updateStrategy).toEqual({
    type: "OnDelete",
  });
});

test("a database without a password lets everybody in, with a warning", () => {
  const envOf = (data: object, edges = [] as ReturnType<typeof edgeOf>[]) => {
    const set = nodeOf("db", "statefulset", { image: "postgres:17", ...data });
    const { nodes, warnings } = compileAll([set, nodeOf("s", "secret")], edges);
    const main = nodes[0]?.objects.at(-1);
    return { env: main && containerOf(main).env, codes: warnings.map(({ path, code }) => `${path} ${code}`) };
  };
  const open = { name: "POSTGRES_HOST_AUTH_METHOD", value: "trust" };
  expect(envOf({})).toEqual({ env: [open], codes: ["/env open-database"] });
  expect(envOf({ env: [{ name: "A", value: "1" }] }).env).toEqual([{ name: "A", value: "1" }, open]);
  expect(envOf({ image: "mariadb:11" }).env).toEqual([{ name: "MYSQL_ALLOW_EMPTY_PASSWORD", value: "yes" }]);
  const told = [
    { env: { POSTGRES_PASSWORD: "x" } },
    { env: [{ name: "POSTGRES_PASSWORD", value: "x" }] },
    { envKeys: [{ name: "POSTGRES_PASSWORD" }] },
    { envFrom: [{ type: "secret", name: "s" }] },
    { image: "redis" },
  ];
  for (const data of told) expect(envOf(data).codes).toEqual([]);
  expect(envOf({}, [edgeOf("s", "db")]).codes).toEqual([]);
});

test("a DaemonSet's way of updating", () => {
  const updateOf = (data: object) => made("daemonset", { image: "i", ...data }).spec?.updateStrategy;
  expect(updateOf({})).toEqual({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } });
  expect(updateOf({ maxUnavailable: "2" })).toEqual({
    type: "RollingUpdate",
    rollingUpdate: { maxUnavailable: 2 },
  });
  expect(updateOf({ maxUnavailable: "10%" })).toEqual({
    type: "RollingUpdate",
    rollingUpdate: { maxUnavailable: "10%" },
  });
  expect(updateOf({ updateStrategy: "OnDelete", maxUnavailable: 3 })).toEqual({ type: "OnDelete" });
  const own = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
  expect(updateOf({ updateStrategy: own })).toEqual(own);
  for (const maxUnavailable of [0, "0", "0%"])
    expect(faultsIn("daemonset", { image: "i", maxUnavailable })).toEqual(["/maxUnavailable out-of-range"]);
  for (const maxUnavailable of ["half", "101%", -1, true])
    expect(faultsIn("daemonset", { image: "i", maxUnavailable })[0]).toMatch(/^\/maxUnavailable /);
  expect(faultsIn("daemonset", { image: "i", updateStrategy: "Recreate" })).toEqual([
    "/updateStrategy unknown-word",
  ]);
});

const jobNumbers = {
  completions: 3,
  parallelism: 2,
  backoffLimit: 0,
  activeDeadlineSeconds: 60,
  ttlSecondsAfterFinished: 0,
};

test("a job's numbers are kept exactly, noughts included", () => {
  const job = made("job", {
    image: "i",
    command: ["sh"],
    completionMode: "Indexed",
    suspend: false,
    ...jobNumbers,
  });
  expect(job).toMatchObject({ apiVersion: "batch/v1", kind: "Job" });
  expect(job.spec).toMatchObject({ completionMode: "Indexed", suspend: false, ...jobNumbers });
  expect(podOf(job)).toMatchObject({ restartPolicy: "Never", containers: [{ command: ["sh"] }] });
  expect(podOf(made("job", { image: "i", restartPolicy: "OnFailure" })).restartPolicy).toBe("OnFailure");
  expect(
    faultsIn("job", {
      image: "i",
      completions: 0,
      parallelism: 0,
      backoffLimit: -1,
      restartPolicy: "Always",
    }),
  ).toEqual([
    "/completions out-of-range",
    "/parallelism out-of-range",
    "/backoffLimit out-of-range",
    "/restartPolicy unknown-word",
  ]);
});

test("a job that is drawn suspended is made so, with a word of warning", () => {
  expect(made("job", { image: "i", suspend: true }).spec).toMatchObject({ suspend: true });
  expect(warningsIn("job", { image: "i", suspend: true })).toEqual(["/suspend suspended-job"]);
  expect(warningsIn("job", { image: "i", suspend: false })).toEqual([]);
});

test("a CronJob's words and numbers are kept exactly", () => {
  const said = {
    schedule: "*/5 * * * mon-fri",
    timeZone: "Europe/Rome",
    concurrencyPolicy: "Forbid",
    suspend: false,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 0,
    startingDeadlineSeconds: 0,
  };
  const cron = made("cronjob", { image: "i", ...said, ...jobNumbers });
  expect(cron).toMatchObject({ apiVersion: "batch/v1", kind: "CronJob" });
  expect(cron.spec).toMatchObject({ ...said, jobTemplate: { spec: jobNumbers } });
  expect(podOf(cron).restartPolicy).toBe("OnFailure");
  expect(faultsIn("cronjob", { image: "i", concurrencyPolicy: "Queue" })).toEqual([
    "/schedule required",
    "/concurrencyPolicy unknown-word",
  ]);
  expect(faultsIn("cronjob", { image: "i", schedule: "0 0 * * * *" })).toEqual(["/schedule wrong-form"]);
});

test("schedules are read as Kubernetes reads them", () => {
  const good = [
    "0 * * * *",
    "*/15 0-6,12 1,15 jan-mar SUN",
    "@hourly",
    "@every 1h30m",
    "? ? ? ? ?",
    "5/10 * * * 6",
    "0  0 * * *",
  ];
  const bad = [
    "",
    "* * * *",
    "0 0 * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 7",
    "*/0 * * * *",
    "5-1 * * * *",
    "@reboot",
    "@every 1h x",
    "@every",
    "a * * * *",
    "1,,2 * * * *",
    "TZ=UTC 0 * * * *",
  ];
  for (const schedule of good) expect([schedule, isCron(schedule)]).toEqual([schedule, true]);
  for (const schedule of bad) expect([schedule, isCron(schedule)]).toEqual([schedule, false]);
});

test("what is said of a set that an autoscaler scales to nothing", () => {
  const nodes = [
    nodeOf("db", "statefulset", { image: "i", replicas: 0 }),
    nodeOf("h", "hpa", { maxReplicas: 2, targetMemoryUtilization: 50 }),
  ];
  const { nodes: compiled, warnings } = compileAll(nodes, [edgeOf("h", "db")]);
  expect(compiled[0]?.objects.at(-1)?.spec).not.toHaveProperty("replicas");
  expect(warnings).toMatchObject([{ node_id: "db", code: "replicas-under-autoscaler" }]);
  expect(compiled[1]?.objects[0]?.spec?.scaleTargetRef).toMatchObject({ kind: "StatefulSet", name: "db" });
  expect(warningsIn("statefulset", { image: "i" })).toEqual([]);
});

import { expect, test } from "vitest";
import {
  compileAll,
  containerOf,
  edgeOf,
  faultsIn,
  made,
  nodeOf,
  objectOf,
  podOf,
} from "../../../test/support/compile-one.ts";

const workload = (data: Record<string, unknown>) => made("daemonset", { image: "i", ...data });

test("mounts of every type, with a volume for each", () => {
  const volumeMounts = [
    { type: "configMap", name: "cfg", mountPath: "/cfg", id: "x" },
    { type: "secret", name: "keys", mountPath: "/keys", readOnly: false },
    { type: "persistentVolumeClaim", name: "disk", mountPath: "/disk", subPath: "a/b" },
    { type: "hostPath", name: "Log Dir", mountPath: "/log", hostPath: "/var/log", readOnly: true },
    { type: "hostPath", mountPath: "/run", hostPath: "/run", hostPathType: "DirectoryOrCreate" },
    { type: "emptyDir", name: "tmp", mountPath: "/tmp" },
  ];
  const object = workload({ volumeMounts });
  expect(podOf(object).volumes).toEqual([
    { name: "cfg-volume", configMap: { name: "cfg" } },
    { name: "keys-volume", secret: { secretName: "keys" } },
    { name: "disk-volume", persistentVolumeClaim: { claimName: "disk" } },
    { name: "log-dir-volume", hostPath: { path: "/var/log", type: "Directory" } },
    { name: "files-volume", hostPath: { path: "/run", type: "DirectoryOrCreate" } },
    { name: "tmp-volume", emptyDir: {} },
  ]);
  expect(containerOf(object).volumeMounts).toEqual([
    { name: "cfg-volume", mountPath: "/cfg", readOnly: true },
    { name: "keys-volume", mountPath: "/keys", readOnly: false },
    { name: "disk-volume", mountPath: "/disk", subPath: "a/b" },
    { name: "log-dir-volume", mountPath: "/log", readOnly: true },
    { name: "files-volume", mountPath: "/run" },
    { name: "tmp-volume", mountPath: "/tmp" },
  ]);
});

test("one source is one volume, however often it is mounted; two empty directories are two", () => {
  const object = workload({
    volumeMounts: [
      { type: "configMap", name: "x", mountPath: "/a" },
      { type: "configMap", name: "x", mountPath: "/b" },
      { type: "secret", name: "x", mountPath: "/c" },
      { type: "emptyDir", name: "one", mountPath: "/d" },
      { type: "emptyDir", name: "two", mountPath: "/e" },
    ],
  });
  expect(podOf(object).volumes).toMatchObject([
    { name: "x-volume", configMap: {} },
    { name: "x-volume-2", secret: {} },
    { name: "one-volume" },
    { name: "two-volume" },
  ]);
  const names = (containerOf(object).volumeMounts as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(["x-volume", "x-volume", "x-volume-2", "one-volume", "two-volume"]);
});

test("volumes in Kubernetes' own form are mounted by their names, in every container", () => {
  const object = workload({
    volumes: [
      { name: "cache", emptyDir: { sizeLimit: "1Gi" } },
      { name: "tmp-volume", emptyDir: {} },
    ],
    volumeMounts: [
      { name: "cache", mountPath: "/cache" },
      { type: "emptyDir", name: "tmp", mountPath: "/tmp" },
    ],
    containers: [
      {
        name: "side",
        image: "i",
        volumeMounts: [
          { name: "cache", mountPath: "/c" },
          { type: "emptyDir", name: "tmp", mountPath: "/t" },
        ],
      },
    ],
  });
  expect(podOf(object).volumes).toEqual([
    { name: "tmp-volume-2", emptyDir: {} },
    { name: "cache", emptyDir: { sizeLimit: "1Gi" } },
    { name: "tmp-volume", emptyDir: {} },
  ]);
  expect(podOf(object).containers.map(({ volumeMounts }) => volumeMounts)).toEqual([
    [
      { name: "cache", mountPath: "/cache" },
      { name: "tmp-volume-2", mountPath: "/tmp" },
    ],
    [
      { name: "cache", mountPath: "/c" },
      { name: "tmp-volume-2", mountPath: "/t" },
    ],
  ]);
});

test("mounts that hold nothing, or stand in each other's place, are faults", () => {
  const volumeMounts = [
    { name: "nowhere", mountPath: "/a" },
    { mountPath: "/b" },
    { type: "configMap", mountPath: "/c" },
    { type: "hostPath", name: "h", mountPath: "/d" },
    { type: "emptyDir", mountPath: "/e" },
    { type: "emptyDir", name: "x", mountPath: "/e" },
  ];
  expect(faultsIn("job", { image: "i", volumeMounts })).toEqual([
    "/volumeMounts/0/name volume-unknown",
    "/volumeMounts/1/type volume-unknown",
    "/volumeMounts/2/name required",
    "/volumeMounts/3/hostPath required",
    "/volumeMounts/5/mountPath duplicate",
  ]);
  expect(faultsIn("job", { image: "i", volumeMounts: [{ type: "nfs", mountPath: "a:b" }, {}] })).toEqual([
    "/volumeMounts/0/type unknown-word",
    "/volumeMounts/0/mountPath wrong-form",
    "/volumeMounts/1/mountPath required",
  ]);
  const volumes = [{ name: "a", emptyDir: {} }, { name: "a", emptyDir: {} }, { name: "B" }, {}];
  expect(faultsIn("job", { image: "i", volumes: volumes.slice(0, 3) })).toEqual([
    "/volumes/1/name duplicate",
    "/volumes/2/name wrong-form",
  ]);
  expect(faultsIn("job", { image: "i", volumes })).toContain("/volumes/3/name required");
});

const kinds = ["deployment", "statefulset", "daemonset", "job", "cronjob"];
const sources = [
  nodeOf("c", "configmap", { name: "cfg" }),
  nodeOf("s", "secret", { name: "keys" }),
  nodeOf("p", "persistentvolumeclaim", { name: "disk" }),
];

test("edges mount what they join, at the usual places, whichever way they are drawn", () => {
  for (const kind of kinds)
    for (const isBackwards of [false, true]) {
      const edges = ["c", "s", "p"].map((id) => (isBackwards ? edgeOf("w", id) : edgeOf(id, "w")));
      const node = nodeOf("w", kind, { image: "i", schedule: "@daily" });
      const mounts = containerOf(objectOf([node, ...sources], edges)).volumeMounts;
      expect(mounts).toEqual([
        { name: "cfg-volume", mountPath: "/etc/config", readOnly: true },
        { name: "keys-volume", mountPath: "/etc/secrets", readOnly: true },
        { name: "disk-volume", mountPath: "/data/disk" },
      ]);
    }
});

test("a node says where it likes to be mounted, and two of the same place make room", () => {
  const nodes = [
    nodeOf("w", "deployment", { image: "i" }),
    nodeOf("a", "configmap", { mountPath: "/etc/app" }),
    nodeOf("b", "configmap", { mountPath: "/etc/app" }),
  ];
  const mounts = containerOf(objectOf(nodes, [edgeOf("a", "w"), edgeOf("b", "w")])).volumeMounts;
  expect(mounts).toMatchObject([{ mountPath: "/etc/app" }, { mountPath: "/etc/app/b" }]);
});

test("what settings mount already, edges do not mount again", () => {
  const volumeMounts = [{ type: "configMap", name: "cfg", mountPath: "/own" }];
  const node = nodeOf("w", "deployment", { image: "i", volumeMounts });
  const mounts = containerOf(objectOf([node, ...sources], [edgeOf("c", "w")])).volumeMounts;
  expect(mounts).toMatchObject([{ mountPath: "/own" }]);
});

test("what is mounted or read by its node follows when that is renamed", () => {
  const node = nodeOf("w", "deployment", {
    image: "i",
    volumeMounts: [
      { type: "configMap", name: "old", mountPath: "/a", nodeId: "c" },
      { mountPath: "/b", nodeId: "p" },
    ],
    envFrom: [{ nodeId: "s" }],
    env: { A: { valueFrom: { configMapKeyRef: { name: "old", nodeId: "c", key: "k" } } } },
  });
  const object = objectOf([node, ...sources], [edgeOf("c", "w")]);
  expect(podOf(object).volumes).toEqual([
    { name: "cfg-volume", configMap: { name: "cfg" } },
    { name: "disk-volume", persistentVolumeClaim: { claimName: "disk" } },
  ]);
  expect(containerOf(object)).toMatchObject({
    env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "cfg", key: "k" } } }],
    envFrom: [{ secretRef: { name: "keys" } }],
  });
  const gone = nodeOf("w", "job", {
    image: "i",
    volumeMounts: [{ type: "secret", name: "s", mountPath: "/a", nodeId: "?" }],
  });
  expect(podOf(objectOf([gone])).volumes).toMatchObject([{ secret: { secretName: "s" } }]);
});

test("dependencies mount nothing", () => {
  const edge = edgeOf("c", "w", { type: "dependency" });
  const { nodes } = compileAll([nodeOf("w", "job", { image: "i" }), ...sources], [edge]);
  expect(nodes[0]?.objects[0] && podOf(nodes[0].objects[0])).not.toHaveProperty("volumes");
});

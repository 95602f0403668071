import { expect, test } from "vitest";
import { faultsIn } from "../../../test/support/compile-one.ts";

const inDeployment = (data: Record<string, unknown>) => faultsIn("deployment", { image: "i", ...data });
const mounted = (mount: Record<string, unknown>) =>
  inDeployment({ volumeMounts: [{ type: "emptyDir", name: "t", mountPath: "/a", ...mount }] });

test("paths never lead out of what is mounted", () => {
  for (const subPath of ["/a", "..", "../a", "a/../b", "a/.."])
    expect(mounted({ subPath })).toEqual(["/volumeMounts/0/subPath wrong-form"]);
  for (const subPath of ["a", "a/b", "..a", "a..b/c"]) expect(mounted({ subPath })).toEqual([]);
  expect(mounted({ type: "hostPath", hostPath: "/var/../etc" })).toEqual([
    "/volumeMounts/0/hostPath wrong-form",
  ]);
  expect(mounted({ type: "hostPath", hostPath: "/x", hostPathType: "Folder" })).toEqual([
    "/volumeMounts/0/hostPathType unknown-word",
  ]);
});

test("what is referred to must be able to have its name", () => {
  expect(mounted({ type: "configMap", name: "Bad Name" })).toEqual(["/volumeMounts/0/name wrong-form"]);
  const valueFrom = { configMapKeyRef: { name: "Bad Name", key: "k" } };
  expect(inDeployment({ env: { A: { valueFrom } } })).toEqual([
    "/env/A/valueFrom/configMapKeyRef/name wrong-form",
  ]);
  expect(inDeployment({ envFrom: [{ type: "secret", name: "a/b" }] })).toEqual(["/envFrom/0 required"]);
});

test("tolerations whose parts do not go together are faults", () => {
  const tolerations = [
    { key: "a", operator: "Exists", value: "x" },
    { value: "x" },
    { key: "a", effect: "NoSchedule", tolerationSeconds: 0 },
    { operator: "Exists" },
    { key: "a", effect: "NoExecute", tolerationSeconds: 0 },
  ];
  expect(inDeployment({ tolerations })).toEqual([
    "/tolerations/0/value toleration-unclear",
    "/tolerations/1/key toleration-unclear",
    "/tolerations/2/tolerationSeconds toleration-unclear",
  ]);
});

test("init containers are not probed, unless they stay", () => {
  const init = { name: "a", image: "i", port: 1, livenessProbe: { path: "/" } };
  expect(inDeployment({ initContainers: [init] })).toEqual(["/initContainers/0/livenessProbe init-probe"]);
  expect(inDeployment({ initContainers: [{ ...init, restartPolicy: "Always" }] })).toEqual([]);
});

test("only readiness takes more than one success", () => {
  const probe = { path: "/", successThreshold: 2 };
  expect(inDeployment({ port: 1, livenessProbe: probe, readinessProbe: probe, startupProbe: probe })).toEqual(
    ["/livenessProbe/successThreshold out-of-range", "/startupProbe/successThreshold out-of-range"],
  );
});

test("what one pod has to itself is not shared as well", () => {
  const accessModes = ["ReadWriteOncePod", "ReadWriteOnce"];
  expect(faultsIn("persistentvolumeclaim", { accessModes })).toEqual(["/accessModes access-modes-conflict"]);
  expect(faultsIn("statefulset", { image: "i", volumeClaimTemplates: [{ name: "a", accessModes }] })).toEqual(
    ["/volumeClaimTemplates/0/accessModes access-modes-conflict"],
  );
});

test("an address is no host", () => {
  expect(faultsIn("ingress", { host: "10.0.0.1", serviceName: "a", servicePort: 1 })).toEqual([
    "/host wrong-form",
  ]);
});

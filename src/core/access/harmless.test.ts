import { expect, test } from "vitest";
import { demandHarmless, demandRequest } from "./harmless.ts";

const given = { role: "editor" as const, namespaces: ["shop"] };

const deployment = (spec: object, namespace = "shop") => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace },
  spec: { template: { spec: { containers: [{ name: "web", image: "nginx" }], ...spec } } },
});
const context = (securityContext: object) => deployment({ containers: [{ name: "web", securityContext }] });

test("what stays in its namespace is harmless", () => {
  const usual = {
    privileged: false,
    capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
    procMount: "Default",
  };
  const ports = [{ containerPort: 80 }];
  const spec = {
    containers: [{ name: "web", image: "nginx", securityContext: usual, ports }],
    volumes: [{ name: "data", emptyDir: {} }],
    securityContext: { sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }], runAsNonRoot: true },
  };
  expect(() => demandHarmless(given, deployment(spec))).not.toThrow();
});

test.each([
  ["hostIPC", deployment({ hostIPC: true }), "it sets hostIPC"],
  [
    "a hostPort",
    deployment({ containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] }),
    "a hostPort",
  ],
  [
    "an init container",
    deployment({ initContainers: [{ securityContext: { privileged: true } }] }),
    "privileged",
  ],
  ["no seccomp", context({ seccompProfile: { type: "Unconfined" } }), "without seccomp"],
  ["no AppArmor", context({ appArmorProfile: { type: "Unconfined" } }), "without AppArmor"],
  ["/proc unmasked", context({ procMount: "Unmasked" }), "unmasks /proc"],
  ["SELinux labels", context({ seLinuxOptions: { type: "spc_t" } }), "SELinux"],
  ["a host process", context({ windowsOptions: { hostProcess: true } }), "host process"],
  [
    "kernel parameters",
    deployment({ securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }),
    "kernel parameters",
  ],
  ["another namespace", deployment({}, "other"), "does not include the namespace other"],
  [
    "pods of a kind nobody knows",
    {
      apiVersion: "example.com/v1",
      kind: "Fleet",
      metadata: { name: "f", namespace: "shop" },
      spec: { ships: [{ pod: { containers: [], hostNetwork: true } }] },
    },
    "it sets hostNetwork",
  ],
])(
  "Z05 %s is not for those who were given a namespace, and is for those who have all",
  (_, object, reason) => {
    expect(() => demandHarmless(given, object)).toThrow(reason);
    expect(() => demandHarmless({ role: "editor", namespaces: [] }, object)).not.toThrow();
  },
);

test("a request is allowed by role, by place, and by what is sent", () => {
  const asked = { isWrite: true, namespace: "shop" };
  expect(() => demandRequest(given, { ...asked, body: deployment({}) })).not.toThrow();
  expect(() => demandRequest(given, { ...asked, body: { propagationPolicy: "Background" } })).not.toThrow();
  expect(() => demandRequest({ ...given, role: "viewer" }, asked)).toThrow("the role editor");
  expect(() => demandRequest({ ...given, role: "viewer" }, { ...asked, isWrite: false })).not.toThrow();
  for (const namespace of ["", "other"])
    expect(() => demandRequest(given, { ...asked, namespace })).toThrow();
  expect(() => demandRequest(given, { ...asked, body: deployment({ hostPID: true }) })).toThrow("hostPID");
});

import { expect, test } from "vitest";
import { compileAll, edgeOf, faultsIn, made, nodeOf, objectOf } from "../../../test/support/compile-one.ts";
import { isCidr } from "./cidr.ts";

test("a ConfigMap keeps every value as text, exactly", () => {
  const data = {
    A: 0,
    B: false,
    C: "007",
    D: "",
    E: null,
    "f.json": { a: [1] },
    _new_1: "",
    G: "a: b\n---\n{{c}}",
  };
  const object = made("configmap", { data, immutable: false, labels: { x: 1 }, annotations: { y: 2 } });
  expect(object).toMatchObject({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { labels: { x: "1" }, annotations: { y: "2" } },
    immutable: false,
  });
  expect(object.data).toEqual({
    A: "0",
    B: "false",
    C: "007",
    D: "",
    E: "",
    "f.json": '{"a":[1]}',
    G: "a: b\n---\n{{c}}",
  });
  expect(faultsIn("configmap", { data: { "a b": "", "..": "", ["k".repeat(254)]: "" } })).toEqual([
    "/data/a b wrong-form",
    "/data/.. wrong-form",
    `/data/${"k".repeat(254)} wrong-form`,
  ]);
  expect(faultsIn("configmap", { data: [], labels: "x" })).toEqual([
    "/data wrong-type",
    "/labels wrong-type",
  ]);
});

test("a key called __proto__ is a key", () => {
  const data = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, unknown>;
  expect(JSON.stringify(made("configmap", { data }).data)).toBe('{"__proto__":"x","constructor":"y"}');
});

test("a claim asks for what it says, or for the usual", () => {
  expect(made("persistentvolumeclaim", {})).toMatchObject({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
  });
  const said = {
    accessModes: ["ReadOnlyMany", "ReadWriteMany"],
    storageClassName: "fast",
    volumeMode: "Block",
    volumeName: "pv-1",
  };
  expect(made("persistentvolumeclaim", { storage: 1_073_741_824, ...said }).spec).toEqual({
    resources: { requests: { storage: "1073741824" } },
    ...said,
  });
  expect(made("persistentvolumeclaim", { storageClassName: "", accessModes: [] }).spec).not.toHaveProperty(
    "storageClassName",
  );
  for (const storage of ["0", "0Gi", 0, "-1Gi", "10 Gi", "big", true])
    expect(faultsIn("persistentvolumeclaim", { storage })[0]).toMatch(/^\/storage /);
  expect(faultsIn("persistentvolumeclaim", { accessModes: ["RWO"], volumeMode: "Raw" })).toEqual([
    "/accessModes/0 unknown-word",
    "/volumeMode unknown-word",
  ]);
});

const scaler = { maxReplicas: 5, scaleTargetName: "web" };

test("an autoscaler scales what it names, by what it says", () => {
  const object = made("hpa", {
    ...scaler,
    scaleTargetKind: "StatefulSet",
    minReplicas: 2,
    targetCPUUtilization: 80,
    targetMemoryUtilization: 70,
    scaleDownStabilization: 0,
    scaleUpStabilization: 60,
  });
  expect(object).toMatchObject({ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" });
  const metric = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  const percent = { type: "Percent", value: 100, periodSeconds: 15 };
  expect(object.spec).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: "web" },
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [metric("cpu", 80), metric("memory", 70)],
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 0, policies: [percent] },
      scaleUp: {
        stabilizationWindowSeconds: 60,
        selectPolicy: "Max",
        policies: [percent, { type: "Pods", value: 4, periodSeconds: 15 }],
      },
    },
  });
  const { spec } = made("hpa", { ...scaler, targetCPUUtilization: 80 });
  expect(spec).toMatchObject({ minReplicas: 1, scaleTargetRef: { kind: "Deployment" } });
  expect(spec).not.toHaveProperty("behavior");
});

test("an autoscaler finds its target by its edge, its name or the node it remembers", () => {
  const db = nodeOf("db", "statefulset", { name: "data", image: "i" });
  const targetOf = (data: object, edges = [] as ReturnType<typeof edgeOf>[]) => {
    const node = nodeOf("h", "hpa", { maxReplicas: 2, targetCPUUtilization: 1, ...data });
    const { scaleTargetRef } = objectOf([node, db], edges).spec as { scaleTargetRef: Record<string, string> };
    return `${scaleTargetRef.kind} ${scaleTargetRef.name}`;
  };
  expect(targetOf({}, [edgeOf("h", "db")])).toBe("StatefulSet data");
  expect(targetOf({ scaleTargetKind: "Deployment" }, [edgeOf("db", "h")])).toBe("StatefulSet data");
  expect(targetOf({ scaleTargetName: "data" })).toBe("StatefulSet data");
  expect(targetOf({ scaleTargetName: "old", _linkedTarget: "db" })).toBe("StatefulSet data");
  expect(targetOf({ scaleTargetName: "live" }, [edgeOf("h", "db")])).toBe("Deployment live");
});

test("what makes no sense of an autoscaler is a fault", () => {
  expect(faultsIn("hpa", {})).toEqual(["/maxReplicas required"]);
  expect(faultsIn("hpa", { maxReplicas: 1 })).toEqual([
    "/scaleTargetName no-target",
    "/targetCPUUtilization required",
  ]);
  expect(faultsIn("hpa", { ...scaler, minReplicas: 6, targetCPUUtilization: 1 })).toEqual([
    "/minReplicas out-of-range",
  ]);
  expect(
    faultsIn("hpa", { ...scaler, minReplicas: 0, targetCPUUtilization: 101, scaleUpStabilization: 3_601 }),
  ).toEqual([
    "/minReplicas out-of-range",
    "/targetCPUUtilization out-of-range",
    "/scaleUpStabilization out-of-range",
  ]);
});

const web = nodeOf("w", "deployment", { name: "web", image: "i" });
const policy = (data: object) => made("networkpolicy", { policyTypes: ["Ingress"], ...data });

test("a policy is about the pods it names, else the workload it is joined to, else everybody", () => {
  const selectorOf = (data: object, edges = [] as ReturnType<typeof edgeOf>[]) =>
    objectOf([nodeOf("p", "networkpolicy", { policyTypes: ["Ingress"], ...data }), web], edges).spec
      ?.podSelector;
  expect(selectorOf({ podSelector: { a: 0, b: true } })).toEqual({ matchLabels: { a: "0", b: "true" } });
  expect(selectorOf({ podSelector: {} })).toEqual({});
  const joined = { matchLabels: { app: "web" } };
  expect(selectorOf({ podSelector: {} }, [edgeOf("p", "w", { sourceHandle: "output" })])).toEqual(joined);
  expect(selectorOf({}, [edgeOf("w", "p")])).toEqual(joined);
  expect(selectorOf({ podSelector: { app: "old" }, _linkedWorkloads: ["w"] })).toEqual(joined);
  expect(selectorOf({ podSelector: { app: "old" } }, [edgeOf("p", "w")])).toEqual({
    matchLabels: { app: "old" },
  });
});

test("rules name peers of every sort, and ports by number, name or range", () => {
  const from = [
    { id: "1", type: "podSelector", podSelector: { app: "a" }, ipBlock: { cidr: "nonsense" } },
    { type: "namespaceSelector", namespaceSelector: { team: 1 }, podSelector: { app: "b" } },
    { namespaceSelector: {} },
    { type: "ipBlock", ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
    { type: "podSelector" },
  ];
  const ports = [
    { id: "1", port: 80 },
    { protocol: "UDP", port: "dns" },
    { port: "8080", endPort: 8090 },
    {},
  ];
  const object = policy({
    policyTypes: ["Ingress", "Egress"],
    ingressRules: [{ id: "r", from, ports }],
    egressRules: [{ to: from.slice(3, 4) }],
  });
  expect(object).toMatchObject({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" });
  expect(object.spec).toEqual({
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { app: "a" } } },
          { namespaceSelector: { matchLabels: { team: "1" } }, podSelector: { matchLabels: { app: "b" } } },
          { namespaceSelector: {} },
          { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
          { podSelector: {} },
        ],
        ports: [
          { protocol: "TCP", port: 80 },
          { protocol: "UDP", port: "dns" },
          { protocol: "TCP", port: 8080, endPort: 8090 },
          { protocol: "TCP" },
        ],
      },
    ],
    egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }] }],
  });
});

test("an edge at a rule adds its workload to that rule, in either direction and once", () => {
  const linked = { type: "podSelector", podSelector: { app: "old" }, _linkedWorkload: "w" };
  const peersWith = (rule: object, edges: ReturnType<typeof edgeOf>[]) => {
    const node = nodeOf("p", "networkpolicy", {
      policyTypes: ["Ingress"],
      ingressRules: [{ id: "r", ...rule }],
    });
    const { ingress } = objectOf([node, web], edges).spec as { ingress: { from: unknown[] }[] };
    return ingress[0]?.from;
  };
  const expected = [{ podSelector: { matchLabels: { app: "web" } } }];
  expect(peersWith({}, [edgeOf("p", "w", { sourceHandle: "r" })])).toEqual(expected);
  expect(peersWith({}, [edgeOf("w", "p", { targetHandle: "r" })])).toEqual(expected);
  expect(peersWith({ from: [linked] }, [edgeOf("p", "w", { sourceHandle: "r" })])).toEqual(expected);
  const both = [edgeOf("p", "w", { sourceHandle: "r" })];
  const node = nodeOf("p", "networkpolicy", { policyTypes: ["Ingress"], ingressRules: [{ id: "r" }] });
  expect(objectOf([node, web], both).spec?.podSelector).toEqual({});
});

test("a rule never lets everybody through by mistake", () => {
  expect(
    faultsIn("networkpolicy", { policyTypes: ["Ingress"], ingressRules: [{ from: [{ id: "1" }] }] }),
  ).toEqual(["/ingressRules/0/from/0 required"]);
  const from = [{ type: "ipBlock" }, { type: "ipBlock", ipBlock: { cidr: "10.0.0.0", except: ["x"] } }];
  expect(faultsIn("networkpolicy", { policyTypes: ["Ingress"], ingressRules: [{ from }] })).toEqual([
    "/ingressRules/0/from/0/ipBlock required",
    "/ingressRules/0/from/1/ipBlock/cidr wrong-form",
    "/ingressRules/0/from/1/ipBlock/except/0 wrong-form",
  ]);
  const { warnings } = compileAll([
    nodeOf("p", "networkpolicy", {
      policyTypes: ["Ingress"],
      ingressRules: [{ id: "r" }],
      egressRules: [{ to: [{ podSelector: {} }] }],
    }),
  ]);
  expect(warnings.map(({ path, code }) => `${path} ${code}`)).toEqual([
    "/ingressRules/0 allows-everything",
    "/egressRules rules-unheeded",
  ]);
});

test("what Kubernetes would not take of a policy is a fault", () => {
  expect(faultsIn("networkpolicy", {})).toEqual(["/policyTypes required"]);
  expect(faultsIn("networkpolicy", { policyTypes: [] })).toEqual(["/policyTypes wrong-form"]);
  expect(faultsIn("networkpolicy", { policyTypes: ["In"], podSelector: { "a b": "c" } })).toEqual([
    "/policyTypes/0 unknown-word",
    "/podSelector/a b wrong-form",
  ]);
  const ports = [{ port: 0 }, { port: "Not A Port" }, { protocol: "ICMP" }];
  expect(faultsIn("networkpolicy", { policyTypes: ["Egress"], egressRules: [{ ports }] })).toEqual([
    "/egressRules/0/ports/0/port out-of-range",
    "/egressRules/0/ports/1/port wrong-form",
    "/egressRules/0/ports/2/protocol unknown-word",
  ]);
  const range = [
    { port: 9, endPort: 8 },
    { port: "http", endPort: 8 },
  ];
  expect(faultsIn("networkpolicy", { policyTypes: ["Egress"], egressRules: [{ ports: range }] })).toEqual([
    "/egressRules/0/ports/0/endPort out-of-range",
    "/egressRules/0/ports/1/endPort out-of-range",
  ]);
});

test("networks are IPv4 and IPv6, with a length that fits", () => {
  for (const text of ["0.0.0.0/0", "10.0.0.1/32", "::/0", "2001:db8::/32", "1:2:3:4:5:6:7:8/128"])
    expect([text, isCidr(text)]).toEqual([text, true]);
  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0.0/33",
    "256.0.0.0/8",
    "010.0.0.0/8",
    "1.2.3/8",
    "::/129",
    "1::2::3/8",
    "x/8",
    "10.0.0.0/8/8",
    "10.0.0.0/ 8",
  ])
    expect([text, isCidr(text)]).toEqual([text, false]);
});

import fc from "fast-check";
import type { Design, DesignEdge, DesignNode } from "../../src/contract/design.ts";
import { common, labels, scalar } from "./arbitrary-values.ts";
import { workload } from "./arbitrary-workload.ts";

type Settings = Record<string, unknown>;

const optional = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[] = []) =>
  fc.record(shape, { requiredKeys });

const port = fc.integer({ min: 1, max: 65_535 });
const cidr = fc.constantFrom("10.0.0.0/8", "192.168.1.0/24", "0.0.0.0/0");

const service = optional({
  ...common,
  serviceType: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer"),
  port,
  ports: fc.uniqueArray(optional({ port, protocol: fc.constantFrom("TCP", "UDP") }, ["port"]), {
    maxLength: 3,
    selector: (each) => each.port,
  }),
  sessionAffinity: fc.constantFrom("None", "ClientIP"),
  sessionAffinityTimeout: fc.integer({ min: 1, max: 86_400 }),
  externalTrafficPolicy: fc.constantFrom("Cluster", "Local"),
  loadBalancerSourceRanges: fc.uniqueArray(cidr, { maxLength: 2 }),
});

const ingress = optional({
  ...common,
  host: fc.constantFrom("example.com", "*.example.com", "a-b.c.example"),
  ingressClassName: fc.constant("nginx"),
  paths: fc.array(
    optional({
      id: fc.constant("p"),
      path: fc.constantFrom("/", "/a", "/a/b"),
      pathType: fc.constantFrom("Prefix", "Exact"),
    }),
    { maxLength: 2 },
  ),
  tlsEnabled: fc.boolean(),
  tlsSecretName: fc.constant("cert"),
});

const configmap = optional({
  ...common,
  data: fc.dictionary(fc.stringMatching(/^[a-zA-Z][-._a-zA-Z0-9]{0,10}$/), scalar, { maxKeys: 4 }),
  mountPath: fc.constantFrom("/etc/one", "/etc/two"),
});

const secret = optional({
  ...common,
  keys: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[A-Z_]{1,8}$/) }), {
    maxLength: 3,
    selector: ({ name }) => name,
  }),
});

const claim = optional({
  ...common,
  storage: fc.constantFrom("1Gi", "500M", "1.5Gi", "1e9", 1_048_576),
  accessModes: fc.uniqueArray(fc.constantFrom("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"), {
    maxLength: 2,
  }),
  volumeMode: fc.constantFrom("Filesystem", "Block"),
});

const hpa = optional(
  {
    ...common,
    minReplicas: fc.integer({ min: 1, max: 3 }),
    maxReplicas: fc.integer({ min: 3, max: 50 }),
    targetCPUUtilization: fc.integer({ min: 1, max: 100 }),
    targetMemoryUtilization: fc.integer({ min: 1, max: 100 }),
    scaleDownStabilization: fc.integer({ min: 0, max: 3_600 }),
    scaleUpStabilization: fc.integer({ min: 0, max: 3_600 }),
  },
  ["maxReplicas", "targetCPUUtilization"],
);

const peer = fc.oneof(
  fc.record({ type: fc.constant("podSelector"), podSelector: labels }),
  fc.record({ type: fc.constant("namespaceSelector"), namespaceSelector: labels }),
  fc.record({ type: fc.constant("ipBlock"), ipBlock: fc.record({ cidr }) }),
);
const policyPort = optional({
  protocol: fc.constantFrom("TCP", "UDP", "SCTP"),
  port: fc.oneof(port, fc.constant("http")),
});
const rule = (side: "from" | "to") =>
  optional({
    id: fc.constantFrom("r1", "r2"),
    [side]: fc.array(peer, { maxLength: 2 }),
    ports: fc.array(policyPort, { maxLength: 2 }),
  });
const networkpolicy = optional(
  {
    ...common,
    podSelector: labels,
    policyTypes: fc.constantFrom(["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    ingressRules: fc.array(rule("from"), { maxLength: 2 }),
    egressRules: fc.array(rule("to"), { maxLength: 2 }),
  },
  ["policyTypes"],
);

export const settingsOf: Readonly<Record<string, fc.Arbitrary<Settings>>> = {
  deployment: workload("deployment"),
  statefulset: workload("statefulset"),
  daemonset: workload("daemonset"),
  job: workload("job"),
  cronjob: workload("cronjob"),
  service,
  ingress,
  configmap,
  secret,
  persistentvolumeclaim: claim,
  hpa,
  networkpolicy,
};

const kinds = Object.keys(settingsOf);
export const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$/);

const node: fc.Arbitrary<DesignNode> = fc
  .tuple(fc.constantFrom(...kinds), name, fc.constantFrom(undefined, "shop"))
  .chain(([type, called, namespace]) =>
    (settingsOf[type] ?? fc.constant({})).map((settings) => ({
      id: `${type}-${called}`,
      type,
      position: { x: 0, y: 0 },
      data: { ...settings, name: called, ...(namespace !== undefined && { namespace }) },
    })),
  );

/** Which kinds an edge joins, and what it needs of its first end. */
const partners: Readonly<Record<string, readonly string[]>> = {
  service: ["deployment", "statefulset", "daemonset"],
  ingress: ["service"],
  hpa: ["deployment", "statefulset"],
  networkpolicy: ["deployment", "statefulset", "daemonset"],
  configmap: ["deployment", "statefulset", "daemonset", "job", "cronjob"],
  secret: ["deployment", "statefulset", "daemonset", "job", "cronjob"],
  persistentvolumeclaim: ["deployment", "statefulset"],
};

/** What a node says of its target where none is drawn. */
const elsewhere: Readonly<Record<string, Settings>> = {
  service: { targetApp: "elsewhere" },
  ingress: { paths: [{ path: "/", serviceName: "elsewhere", servicePort: 80 }] },
  hpa: { scaleTargetName: "elsewhere" },
};

/** Joins each node to a fitting one, if there is any, and a few in order. Choices and turns are drawn beforehand. */
export function joined(drawn: DesignNode[], choices: readonly number[], turns: readonly boolean[]): Design {
  const isAlone = ({ type }: DesignNode) => !drawn.some((each) => partners[type]?.includes(each.type));
  const nodes = drawn.map((each) =>
    isAlone(each) ? { ...each, data: { ...each.data, ...elsewhere[each.type] } } : each,
  );
  const edges = nodes.flatMap((from, index): DesignEdge[] => {
    const fitting = nodes.filter(({ type }) => partners[from.type]?.includes(type));
    const to = fitting[(choices[index] ?? 0) % Math.max(1, fitting.length)];
    if (!to) return [];
    const [source, target] = turns[index] ? [to.id, from.id] : [from.id, to.id];
    return [{ id: `e${index}`, source, target }];
  });
  const workloads = nodes.filter(({ data }) => data.image !== undefined);
  const order = workloads.slice(1).flatMap(({ id }, index): DesignEdge[] => {
    const before = workloads[index];
    return before && turns[index]
      ? [{ id: `d${index}`, source: before.id, target: id, type: "dependency" }]
      : [];
  });
  return { nodes, edges: [...edges, ...order] };
}

/** Designs of all twelve kinds, joined as people join them; most of them are without a fault. */
export function arbitraryDesign(): fc.Arbitrary<Design> {
  const nodes = fc.uniqueArray(node, { minLength: 1, maxLength: 10, selector: ({ id }) => id });
  const choices = fc.array(fc.nat({ max: 9 }), { minLength: 10, maxLength: 10 });
  const turns = fc.array(fc.boolean(), { minLength: 10, maxLength: 10 });
  return fc.tuple(nodes, choices, turns).map((drawn) => joined(...drawn));
}

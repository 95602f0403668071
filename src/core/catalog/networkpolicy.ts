import { type Static, Type } from "typebox";
import { nameOfNode } from "../relations/node-names.ts";
import { servingKinds } from "../relations/workloads.ts";
import { isCidr } from "./cidr.ts";
import type { Fault } from "./fault.ts";
import { annotations, labels, listOf, name, namespace, port, texts } from "./fields.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { appLabel, metadataOf } from "./pod-template.ts";
import { labelFaults, pointer, toTexts } from "./text-values.ts";

const peer = Type.Object({
  id: Type.Optional(Type.String()),
  type: Type.Optional(Type.Enum(["podSelector", "namespaceSelector", "ipBlock"], { title: "Peer type" })),
  podSelector: Type.Optional(labels("Pods")),
  namespaceSelector: Type.Optional(labels("Namespaces")),
  ipBlock: Type.Optional(
    Type.Object({ cidr: Type.String({ title: "CIDR" }), except: Type.Optional(texts("Except")) }),
  ),
  _linkedWorkload: Type.Optional(Type.Unknown()),
});
const rulePort = Type.Object({
  protocol: Type.Optional(Type.Enum(["TCP", "UDP", "SCTP"], { title: "Protocol" })),
  port: Type.Optional(Type.Union([port("Port"), Type.String({ title: "Port" })])),
  endPort: Type.Optional(port("Last port")),
});
const rule = (side: "from" | "to") =>
  Type.Object({
    id: Type.Optional(Type.String()),
    [side]: Type.Optional(listOf("Peers", peer)),
    ports: Type.Optional(listOf("Ports", rulePort)),
  });
type Peer = Static<typeof peer>;
interface Rule {
  id?: string;
  from?: Peer[];
  to?: Peer[];
  ports?: Static<typeof rulePort>[];
}

export const networkpolicy = nodeKind({
  title: "NetworkPolicy",
  settings: Type.Object({
    name,
    namespace,
    podSelector: Type.Optional(labels("Pods")),
    policyTypes: Type.Array(Type.Enum(["Ingress", "Egress"], { title: "Direction" }), {
      title: "Directions",
      minItems: 1,
    }),
    ingressRules: Type.Optional(listOf("Incoming", rule("from"))),
    egressRules: Type.Optional(listOf("Outgoing", rule("to"))),
    labels: Type.Optional(labels("Labels")),
    annotations: Type.Optional(annotations),
  }),

  make(settings, around) {
    const faults = [
      ...labelFaults(settings.labels, "labels"),
      ...labelFaults(settings.podSelector, "podSelector"),
    ];
    const make = (key: "ingressRules" | "egressRules", side: "from" | "to") =>
      ((settings[key] ?? []) as Rule[]).map((each, index) =>
        toRule(each, side, around, [key, index], faults),
      );
    const ingress = make("ingressRules", "from");
    const egress = make("egressRules", "to");
    const { policyTypes } = settings;
    const spec = {
      podSelector: selectorOf(settings.podSelector, around),
      policyTypes,
      ...(policyTypes.includes("Ingress") && ingress.length > 0 && { ingress }),
      ...(policyTypes.includes("Egress") && egress.length > 0 && { egress }),
    };
    const metadata = metadataOf(settings, around);
    return {
      objects: [{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec }],
      faults,
    };
  },
});

/** The pods it is about: those it names, else the workload joined to it, else all of the namespace. */
function selectorOf(given: Readonly<Record<string, unknown>> | undefined, { neighbours }: Surroundings) {
  if (given && Object.keys(given).length > 0) return { matchLabels: toTexts(given) };
  const joined = neighbours.find(
    ({ node, edge }) => servingKinds.has(node.type) && (!edge.sourceHandle || edge.sourceHandle === "output"),
  );
  return joined ? { matchLabels: appLabel(nameOfNode(joined.node)) } : {};
}

/** An empty rule lets everything through, so a peer that says nothing is a fault and never an empty rule. */
function toRule(
  given: Rule,
  side: "from" | "to",
  around: Surroundings,
  at: readonly (string | number)[],
  faults: Fault[],
) {
  const named = (given[side] ?? []).flatMap(
    (each, index) => toPeer(each, around, [...at, side, index], faults) ?? [],
  );
  const joined = around.neighbours
    .filter(
      ({ node, edge }) =>
        servingKinds.has(node.type) && given.id !== undefined && edge.sourceHandle === given.id,
    )
    .map(({ node }) => ({ podSelector: { matchLabels: appLabel(nameOfNode(node)) } }))
    .filter((each) => !named.some((other) => JSON.stringify(other) === JSON.stringify(each)));
  const peers = [...named, ...joined];
  const ports = (given.ports ?? []).map(({ protocol = "TCP", port: number, endPort }) => ({
    protocol,
    ...(number !== undefined && { port: number }),
    ...(endPort !== undefined && { endPort }),
  }));
  return { ...(peers.length > 0 && { [side]: peers }), ...(ports.length > 0 && { ports }) };
}

function toPeer(given: Peer, { nodeById }: Surroundings, at: readonly (string | number)[], faults: Fault[]) {
  const type =
    given.type ?? (given.ipBlock ? "ipBlock" : given.namespaceSelector ? "namespaceSelector" : "podSelector");
  if (type === "ipBlock") return toBlock(given, at, faults);
  const linked = typeof given._linkedWorkload === "string" ? nodeById(given._linkedWorkload) : undefined;
  const pods = linked ? appLabel(nameOfNode(linked)) : toTexts(given.podSelector);
  if (type === "podSelector") return { podSelector: matching(pods) };
  const isNarrowed = Object.keys(pods).length > 0;
  return {
    namespaceSelector: matching(toTexts(given.namespaceSelector)),
    ...(isNarrowed && { podSelector: matching(pods) }),
  };
}

function toBlock({ ipBlock }: Peer, at: readonly (string | number)[], faults: Fault[]) {
  const { cidr = "", except = [] } = ipBlock ?? {};
  const wrong = [cidr, ...except].find((each) => !isCidr(each));
  if (wrong !== undefined) {
    const message = `“${wrong}” is not a network in CIDR notation, such as 10.0.0.0/8`;
    faults.push({ path: pointer(...at, "ipBlock", "cidr"), code: "wrong-form", message });
    return undefined;
  }
  return { ipBlock: { cidr, ...(except.length > 0 && { except }) } };
}

function matching(matchLabels: Record<string, string>) {
  return Object.keys(matchLabels).length > 0 ? { matchLabels } : {};
}

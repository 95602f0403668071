import { type Static, Type } from "typebox";
import { servingKinds } from "../relations/workloads.ts";
import type { Fault } from "./fault.ts";
import { asPort, commonSettings, labels, listOf, name, port, portOrName } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { metadataFaults, metadataOf } from "./metadata.ts";
import { matching, peer, podsOf, presentPods, toPeer } from "./policy-peers.ts";
import { asMap, filled, given as present, readMetadata } from "./read-metadata.ts";
import { labelsOf, readRules } from "./read-policy.ts";
import { type Keys, labelFaults, pointer } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

const rulePort = Type.Object(
  {
    protocol: Type.Enum(["TCP", "UDP", "SCTP"], { title: "Protocol", default: "TCP" }),
    port: Type.Optional(portOrName("Port", 1)),
    endPort: Type.Optional(port("Last port", 1)),
  },
  { title: "Port" },
);
const common = hinted(
  { id: Type.Optional(Type.String()), ports: Type.Optional(listOf("Ports", rulePort)) },
  { id: { widget: "hidden" }, ports: { description: "All of them without any." } },
);
const ingressRule = Type.Object({ ...common, from: Type.Optional(listOf("From", peer)) }, { title: "Rule" });
const egressRule = Type.Object({ ...common, to: Type.Optional(listOf("To", peer)) }, { title: "Rule" });

const properties = {
  name,
  ...commonSettings,
  podSelector: Type.Optional(labels("Pods")),
  policyTypes: Type.Array(Type.Enum(["Ingress", "Egress"], { title: "Direction" }), {
    title: "Directions",
    minItems: 1,
    uniqueItems: true,
    refusal: "must name Ingress, Egress or both, each once",
  }),
  ingressRules: Type.Optional(listOf("Incoming", ingressRule)),
  egressRules: Type.Optional(listOf("Outgoing", egressRule)),
  _linkedWorkloads: Type.Optional(Type.Unknown()),
};
const settings = Type.Object(
  hinted(properties, {
    policyTypes: { order: 10, description: "What it rules; traffic that no rule allows is cut." },
    ingressRules: { order: 20, description: "Who may reach the pods. Without a rule nobody may." },
    egressRules: { order: 30, description: "What the pods may reach. Without a rule nothing." },
    podSelector: { order: 40, description: "By their labels, where no edge says so; all pods without any." },
    _linkedWorkloads: { widget: "hidden" },
  }),
);
type Settings = Static<typeof settings>;

interface Made {
  rules: object[];
  faults: Fault[];
  warnings: Fault[];
}

export const networkpolicy = nodeKind({
  title: kindTitles.networkpolicy,
  settings,
  fitting: { name: "name", policyTypes: ["Ingress"] },

  read(object, said) {
    const spec = asMap(object.spec);
    const isBoth = spec.egress !== undefined;
    return present({
      ...readMetadata(object, said),
      podSelector: filled(labelsOf(spec.podSelector)),
      policyTypes: spec.policyTypes ?? (isBoth ? ["Ingress", "Egress"] : ["Ingress"]),
      ingressRules: readRules(spec.ingress, "from"),
      egressRules: readRules(spec.egress, "to"),
    });
  },

  make(given, around) {
    const { policyTypes, ingressRules = [], egressRules = [] } = given;
    const incoming = toRules(
      ingressRules.map(({ from, ...rule }) => ({ ...rule, peers: from })),
      "from",
      around,
    );
    const outgoing = toRules(
      egressRules.map(({ to, ...rule }) => ({ ...rule, peers: to })),
      "to",
      around,
    );
    const spec = {
      podSelector: matching(selectorOf(given, around)),
      policyTypes,
      ...(policyTypes.includes("Ingress") && incoming.rules.length > 0 && { ingress: incoming.rules }),
      ...(policyTypes.includes("Egress") && outgoing.rules.length > 0 && { egress: outgoing.rules }),
    };
    const metadata = metadataOf(given, around);
    const own = [...metadataFaults(given), ...labelFaults(given.podSelector, "podSelector")];
    return {
      objects: [{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec }],
      faults: [...own, ...incoming.faults, ...outgoing.faults],
      warnings: [...incoming.warnings, ...outgoing.warnings, ...unheededRules(given)],
    };
  },
});

/** The pods it is about: those it names, else the workload joined to it, else all of the namespace. */
function selectorOf(given: Settings, around: Surroundings): Record<string, string> {
  const [remembered] = Array.isArray(given._linkedWorkloads) ? given._linkedWorkloads : [];
  if (given.podSelector && Object.keys(given.podSelector).length > 0)
    return presentPods(given.podSelector, remembered, around);
  const rules = new Set([...(given.ingressRules ?? []), ...(given.egressRules ?? [])].map(({ id }) => id));
  const joined = around.neighbours.find(
    ({ node, handle }) => servingKinds.has(node.type) && (handle === undefined || !rules.has(handle)),
  );
  return joined ? podsOf(joined.node) : presentPods({}, remembered, around);
}

interface Rule {
  id?: string;
  peers?: Static<typeof peer>[] | undefined;
  ports?: Static<typeof rulePort>[];
}

function toRules(given: readonly Rule[], side: "from" | "to", around: Surroundings): Made {
  const key = side === "from" ? "ingressRules" : "egressRules";
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  const rules = given.map((rule, index) => {
    const at = [key, index];
    const peers = peersOf(rule, around, [...at, side], faults);
    const ports = (rule.ports ?? []).map((each, place) => toPort(each, [...at, "ports", place], faults));
    if (peers.length === 0 && ports.length === 0) {
      const message = "The rule names neither peers nor ports, so that it lets everything through";
      warnings.push({ path: pointer(...at), code: "allows-everything", message });
    }
    return { ...(peers.length > 0 && { [side]: peers }), ...(ports.length > 0 && { ports }) };
  });
  return { rules, faults, warnings };
}

/** Whom a rule names, and the workloads whose edges end at it. */
function peersOf({ id, peers = [] }: Rule, around: Surroundings, at: Keys, faults: Fault[]): object[] {
  const named = peers.flatMap((each, index) => toPeer(each, around, [...at, index], faults) ?? []);
  const known = new Set(named.map((each) => JSON.stringify(each)));
  const joined = around.neighbours
    .filter(({ node, handle }) => servingKinds.has(node.type) && id !== undefined && handle === id)
    .map(({ node }) => ({ podSelector: matching(podsOf(node)) }));
  return [...named, ...joined.filter((each) => !known.has(JSON.stringify(each)))];
}

function toPort(given: Static<typeof rulePort>, at: Keys, faults: Fault[]): object {
  const { protocol, endPort } = given;
  const first = given.port === undefined ? undefined : asPort(given.port);
  if (endPort !== undefined && (typeof first !== "number" || endPort < first)) {
    const message = "The last port needs a first one by number, that is not above it";
    faults.push({ path: pointer(...at, "endPort"), code: "out-of-range", message });
  }
  return {
    protocol,
    ...(first !== undefined && { port: first }),
    ...(endPort !== undefined && { endPort }),
  };
}

/** Rules of a direction that the policy is not about do nothing. */
function unheededRules({ policyTypes, ingressRules = [], egressRules = [] }: Settings): Fault[] {
  const sides = [
    { type: "Ingress", rules: ingressRules, path: "/ingressRules" },
    { type: "Egress", rules: egressRules, path: "/egressRules" },
  ] as const;
  return sides
    .filter(({ type, rules }) => rules.length > 0 && !policyTypes.includes(type))
    .map(({ type, path }) => ({
      path,
      code: "rules-unheeded",
      message: `These rules do nothing: the policy's directions do not include ${type}`,
    }));
}

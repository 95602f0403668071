import { type Static, Type } from "typebox";
import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../relations/node-names.ts";
import { servingKinds } from "../relations/workloads.ts";
import { isCidr } from "./cidr.ts";
import type { Fault } from "./fault.ts";
import { labels, texts } from "./fields.ts";
import { hinted } from "./hints.ts";
import type { Surroundings } from "./kind.ts";
import { appLabel } from "./metadata.ts";
import { type Keys, labelFaults, pointer, toTexts } from "./text-values.ts";

export const peer = Type.Object(
  hinted(
    {
      id: Type.Optional(Type.String()),
      type: Type.Optional(Type.Enum(["podSelector", "namespaceSelector", "ipBlock"], { title: "Peer type" })),
      podSelector: Type.Optional(labels("Pods")),
      namespaceSelector: Type.Optional(labels("Namespaces")),
      ipBlock: Type.Optional(
        Type.Object(
          { cidr: Type.String({ title: "Network" }), except: Type.Optional(texts("Except")) },
          { title: "Addresses" },
        ),
      ),
      _linkedWorkload: Type.Optional(Type.Unknown()),
    },
    {
      id: { widget: "hidden" },
      type: { description: "Which of the fields below counts." },
      _linkedWorkload: { widget: "hidden" },
    },
  ),
  { title: "Peer" },
);
type Peer = Static<typeof peer>;

/** One side of a rule as Kubernetes wants it; `type` says which of its fields count. */
export function toPeer(given: Peer, around: Surroundings, at: Keys, faults: Fault[]): object | undefined {
  const type = given.type ?? typeOf(given);
  if (type === undefined) {
    // Kubernetes would take it for everybody.
    const message = "The peer does not say whom it means: pods, namespaces or addresses";
    faults.push({ path: pointer(...at), code: "required", message });
    return undefined;
  }
  if (type === "ipBlock") return toBlock(given, at, faults);
  faults.push(...labelFaults(given.podSelector, ...at, "podSelector"));
  faults.push(...labelFaults(given.namespaceSelector, ...at, "namespaceSelector"));
  const pods = presentPods(given.podSelector, given._linkedWorkload, around);
  if (type === "podSelector") return { podSelector: matching(pods) };
  const namespaceSelector = matching(toTexts(given.namespaceSelector));
  return { namespaceSelector, ...(Object.keys(pods).length > 0 && { podSelector: matching(pods) }) };
}

function typeOf({ ipBlock, namespaceSelector, podSelector, _linkedWorkload }: Peer) {
  if (ipBlock) return "ipBlock";
  if (namespaceSelector) return "namespaceSelector";
  return podSelector || _linkedWorkload ? "podSelector" : undefined;
}

/** Pods by their labels. An app that is drawn no more means the workload it was joined to, as that is called now. */
export function presentPods(
  given: Readonly<Record<string, unknown>> | undefined,
  remembered: unknown,
  { nodeById, nodeNamed }: Pick<Surroundings, "nodeById" | "nodeNamed">,
): Record<string, string> {
  const labels = toTexts(given);
  const node = typeof remembered === "string" ? nodeById(remembered) : undefined;
  if (!node || !servingKinds.has(node.type)) return labels;
  const { app, ...others } = labels;
  const isOwnWords = Object.keys(others).length > 0 || (app !== undefined && nodeNamed(servingKinds, app));
  return isOwnWords ? labels : podsOf(node);
}

export function podsOf(node: DesignNode): Record<string, string> {
  return appLabel(nameOfNode(node));
}

function toBlock({ ipBlock }: Peer, at: Keys, faults: Fault[]): object | undefined {
  const { cidr, except = [] } = ipBlock ?? {};
  if (cidr === undefined) {
    faults.push({ path: pointer(...at, "ipBlock"), code: "required", message: "The addresses are missing" });
    return undefined;
  }
  faults.push(...cidrFaults(cidr, [...at, "ipBlock", "cidr"]));
  faults.push(...except.flatMap((each, index) => cidrFaults(each, [...at, "ipBlock", "except", index])));
  return { ipBlock: { cidr, ...(except.length > 0 && { except }) } };
}

export function cidrFaults(text: string, at: Keys): Fault[] {
  if (isCidr(text)) return [];
  const message = `“${text}” is not a network in CIDR notation, such as 10.0.0.0/8`;
  return [{ path: pointer(...at), code: "wrong-form", message }];
}

export function matching(matchLabels: Record<string, string>) {
  return Object.keys(matchLabels).length > 0 ? { matchLabels } : {};
}

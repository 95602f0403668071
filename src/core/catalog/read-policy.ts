import { asMap, asMaps, filled, given } from "./read-metadata.ts";
import { pick } from "./text-values.ts";

/** The rules of one direction as settings, or nothing if one of them says what no setting can. */
export function readRules(rules: unknown, side: "from" | "to"): Record<string, unknown>[] | undefined {
  const read = asMaps(rules).map((rule) => {
    const ports = asMaps(rule.ports).map((each) => ({ protocol: "TCP", ...each }));
    return given({ [side]: filled(asMaps(rule[side]).map(readPeer)), ports: filled(ports) });
  });
  return filled(read);
}

function readPeer(peer: Record<string, unknown>): Record<string, unknown> {
  if (peer.ipBlock !== undefined) return { type: "ipBlock", ...pick(peer, ["ipBlock"]) };
  const pods = labelsOf(peer.podSelector);
  if (peer.namespaceSelector === undefined) return { type: "podSelector", podSelector: pods };
  return given({
    type: "namespaceSelector",
    namespaceSelector: labelsOf(peer.namespaceSelector),
    podSelector: filled(pods),
  });
}

export function labelsOf(selector: unknown): Record<string, unknown> {
  return asMap(asMap(selector).matchLabels);
}

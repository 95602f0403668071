import type { DesignNode } from "../../contract/design.ts";
import { kindTitle } from "../../core/catalog/titles.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";

const shortTitles: Readonly<Record<string, string>> = {
  persistentvolumeclaim: "Claim",
  hpa: "Autoscaler",
  object: "Object",
};

/** What a kind is called on the canvas. */
export function titleOf(kind: string): string {
  return shortTitles[kind] ?? kindTitle(kind) ?? kind;
}

/** The one thing worth knowing of a node besides its name. */
export function factOf({ type, data }: DesignNode): string {
  return facts[type]?.(data) ?? (typeof data.image === "string" ? imageTag(data.image) : "");
}

type Data = DesignNode["data"];

const facts: Readonly<Record<string, (data: Data) => string>> = {
  service: serviceFact,
  ingress: ({ host }) => textOf(host) || "any host",
  persistentvolumeclaim: ({ storage }) => textOf(storage),
  cronjob: ({ schedule }) => textOf(schedule),
  configmap: ({ data }) => counted(Object.keys(mapOf(data)).length, "key"),
  secret: ({ keys }) => counted(Array.isArray(keys) ? keys.length : 0, "key"),
  hpa: ({ minReplicas = 1, maxReplicas }) => `${textOf(minReplicas)}–${textOf(maxReplicas) || "?"}`,
  networkpolicy: ({ policyTypes }) => (Array.isArray(policyTypes) ? policyTypes.join(", ") : ""),
  object: ({ manifest }) => textOf(mapOf(manifest).kind),
};

function serviceFact({ port, targetPort, ports }: Data): string {
  const [first] = Array.isArray(ports) ? (ports as Record<string, unknown>[]) : [];
  const [own, to] = [first?.port ?? port, first?.targetPort ?? targetPort];
  if (own === undefined) return "";
  return to === undefined || to === own ? textOf(own) : `${textOf(own)}→${textOf(to)}`;
}

/** The tag of an image, or its short digest; of an image without either its name. */
export function imageTag(image: string): string {
  const digest = image.indexOf("@sha256:");
  if (digest >= 0) return `@${image.slice(digest + 8, digest + 15)}`;
  const name = image.slice(image.lastIndexOf("/") + 1);
  const colon = name.lastIndexOf(":");
  return colon >= 0 ? name.slice(colon + 1) : name;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** The namespace a node names itself. */
export function namespaceOf({ data }: DesignNode): string {
  return textOf(data.namespace).trim();
}

export interface Surrounding {
  status?: string | undefined;
  change?: string | undefined;
  problems: number;
  into: number;
  out: number;
}

/** A card in words: `checkout, Deployment, namespace shop, starting 1 of 3, edited, 1 problem, 2 in, 1 out`. */
export function cardName(node: DesignNode, { status, change, problems, into, out }: Surrounding): string {
  const namespace = namespaceOf(node);
  return [
    nameOfNode(node),
    titleOf(node.type),
    ...(namespace && namespace !== "default" ? [`namespace ${namespace}`] : []),
    ...(status ? [lowerFirst(status)] : []),
    ...(change ? [change.toLowerCase()] : []),
    ...(problems > 0 ? [counted(problems, "problem")] : []),
    `${into} in`,
    `${out} out`,
  ].join(", ");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Nodes as they are named where several are meant: `api`, `api and web`, `3 nodes`. */
export function namesOf(nodes: readonly DesignNode[]): string {
  const [first, second, third] = nodes.map(nameOfNode);
  if (first !== undefined && second === undefined) return first;
  if (second !== undefined && third === undefined) return `${first} and ${second}`;
  return counted(nodes.length, "node");
}

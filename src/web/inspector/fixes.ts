import type { DesignEdge, DesignNode } from "../../contract/design.ts";
import { labelSafe } from "../../core/catalog/label-safe.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { workloadPorts } from "../../core/relations/ports.ts";
import { type Graph, withNodes, withoutEdges } from "../canvas/graph.ts";
import { uniqueName } from "../canvas/names.ts";
import type { CanvasProblem } from "../canvas/problems.ts";
import { type Place, valueAt, withValue } from "./places.ts";

/** What would put something right: said on a button, done as an edit of the drawing. */
export interface Fix {
  label: string;
  change(graph: Graph): Graph;
}

/** A known way out of a problem, where there is one that nobody has to think about. */
export function fixOf(problem: CanvasProblem, graph: Graph): Fix | undefined {
  const { code = "", node_id } = problem;
  if (edgeFaults.has(code)) return edgeFix(problem, graph);
  const node = node_id === undefined ? undefined : graph.nodes.get(node_id);
  return node && fixes[code]?.(problem, node, graph);
}

const edgeFaults: ReadonlySet<string> = new Set(["dangling-edge", "self-edge", "duplicate-edge"]);

function edgeFix({ path }: CanvasProblem, graph: Graph): Fix | undefined {
  const edge: DesignEdge | undefined = [...graph.edges.values()][Number(path.split("/")[2])];
  return edge && { label: "Remove the edge", change: (now) => withoutEdges(now, new Set([edge.id])) };
}

type FixMaker = (problem: CanvasProblem, node: DesignNode, graph: Graph) => Fix | undefined;

const fixes: Readonly<Record<string, FixMaker>> = {
  "wrong-form": ({ path }, node) => (path === "/name" ? nameFix(node) : undefined),
  "duplicate-object": ({ path }, node, graph) => {
    const name = uniqueName(`${nameOfNode(node)}-2`, node.type, graph.nodes.values());
    return path === "/name" ? setting(node, ["name"], name, `Call it ${name}`) : undefined;
  },
  "request-over-limit": ({ path }, node) => {
    const place = placeOf(path);
    const request = valueAt(node.data, place);
    const limit = place.map((key) => (key === "requests" ? "limits" : key));
    return setting(node, limit, request, `Raise the limit to ${String(request)}`);
  },
  "port-not-declared": portFix,
  "port-name-unknown": portFix,
  "rules-unheeded": ({ path }, node) => {
    const direction = path === "/egressRules" ? "Egress" : "Ingress";
    const types = Array.isArray(node.data.policyTypes) ? node.data.policyTypes : [];
    return setting(node, ["policyTypes"], [...types, direction], `Add ${direction} to the directions`);
  },
  required: ({ path }, node) => {
    if (path === "/targetCPUUtilization")
      return setting(node, ["targetCPUUtilization"], 80, "Scale at 80 % CPU");
    if (path === "/policyTypes") return setting(node, ["policyTypes"], ["Ingress"], "Rule what comes in");
    return undefined;
  },
};

function nameFix(node: DesignNode): Fix | undefined {
  const name = labelSafe(
    nameOfNode(node)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-"),
  ).replace(/^-+|-+$/g, "");
  return /^[a-z]/.test(name) ? setting(node, ["name"], name, `Call it ${name}`) : undefined;
}

/** The first port of a workload that the service is joined to. */
function portFix({ path }: CanvasProblem, node: DesignNode, graph: Graph): Fix | undefined {
  for (const { source, target } of graph.edges.values()) {
    const other = source === node.id ? target : target === node.id ? source : undefined;
    const workload = other === undefined ? undefined : graph.nodes.get(other);
    const [port] = workload ? workloadPorts(workload) : [];
    if (port) return setting(node, placeOf(path), port.containerPort, `Use port ${port.containerPort}`);
  }
  return undefined;
}

function placeOf(path: string): Place {
  return path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function setting(node: DesignNode, place: Place, value: unknown, label: string): Fix {
  return {
    label,
    change: (graph) => {
      const now = graph.nodes.get(node.id);
      return now ? withNodes(graph, [{ ...now, data: withValue(now.data, place, value) }]) : graph;
    },
  };
}

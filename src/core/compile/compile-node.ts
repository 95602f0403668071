import type { DesignNode } from "../../contract/design.ts";
import { catalog } from "../catalog/catalog.ts";
import type { Fault } from "../catalog/fault.ts";
import type { Surroundings } from "../catalog/kind.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { applyOverlay } from "./overlay.ts";
import { applyOwnership, type Ownership } from "./ownership.ts";

export interface Made {
  objects: KubernetesObject[];
  ownership?: Ownership;
  faults: Fault[];
  warnings: Fault[];
}

/** What one node becomes where it stands, or what is wrong with it. */
export function compileNode(node: DesignNode, around: Surroundings): Made {
  const kind = catalog.get(node.type);
  if (!kind) {
    const message = `“${node.type}” is not a kind of node that can be deployed`;
    return { objects: [], faults: [{ path: "", code: "unknown-kind", message }], warnings: [] };
  }
  return owned(overlaid(kind.compile(named(node), around), node), node);
}

function overlaid(made: Made, { data }: DesignNode): Made {
  const main = made.objects.at(-1);
  if (!main || data.overlay === undefined) return made;
  const { object, faults } = applyOverlay(main, data.overlay);
  if (faults.length > 0) return { ...made, objects: [], faults };
  return { ...made, objects: [...made.objects.slice(0, -1), object] };
}

function owned(made: Made, { data }: DesignNode): Made {
  const { object, ownership, faults } = applyOwnership(made.objects.at(-1), data.ownership);
  if (faults.length > 0) return { ...made, objects: [], faults: [...made.faults, ...faults] };
  const objects = object ? [...made.objects.slice(0, -1), object] : [];
  return { ...made, objects, ...(ownership && { ownership }) };
}

/** A node without a name of its own is called by its id. */
function named({ id, data }: DesignNode): DesignNode["data"] {
  const { name, namespace } = data;
  const called = typeof name === "string" ? name.trim() || id : (name ?? id);
  return { ...data, name: called, ...(typeof namespace === "string" && { namespace: namespace.trim() }) };
}

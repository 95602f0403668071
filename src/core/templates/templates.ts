import type { Template } from "../../contract/templates.ts";
import { catalog } from "../catalog/catalog.ts";
import type { Described } from "../catalog/described.ts";
import { kindTemplates } from "./kind-templates.ts";
import { parametersOf } from "./parameters.ts";

/** A template for each kind of node, with the settings a node of it may be given. */
export const templates: readonly Template[] = kindTemplates.map(
  ({ kind, defaults, required, descriptions = {}, ...said }) => {
    const { title = kind, settings } = catalog.get(kind) ?? {};
    return {
      id: `core/${kind}`,
      name: kind,
      displayName: title,
      version: "1.0.0",
      dependencies: [],
      ...said,
      parameters: parametersOf((settings ?? {}) as Described, { defaults, required, descriptions }),
    };
  },
);

import { api } from "../../../contract/api.ts";
import { stacks } from "../../../core/templates/stacks.ts";
import { templates } from "../../../core/templates/templates.ts";
import type { Mount } from "../../http/mount.ts";

/** What a drawing can begin with. */
export function templateRoutes(mount: Mount): void {
  mount.endpoint(api.listTemplates, async ({ query }) => ({
    templates: templates.slice(0, query.limit),
    total: templates.length,
  }));
  mount.endpoint(api.listStacks, async () => ({ stacks: [...stacks] }));
}

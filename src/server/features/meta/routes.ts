import { api } from "../../../contract/api.ts";
import { designLimits } from "../../../contract/design.ts";
import { designBytes } from "../../../contract/workflows.ts";
import type { Mount } from "../../http/mount.ts";

interface MetaNeeds {
  version: string;
  hasSandbox: boolean;
}

export function metaRoutes(mount: Mount, { version, hasSandbox }: MetaNeeds): void {
  mount.endpoint(api.getMeta, async () => ({
    version,
    limits: { nodes: designLimits.nodes, body_bytes: designBytes },
    features: { builds: false, sandbox: hasSandbox },
  }));
}

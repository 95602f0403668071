import { toJsonText } from "../../../core/json-text.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import { type ClusterNeeds, sealKept } from "./cluster-needs.ts";
import { unknownMetadata } from "./to-cluster.ts";

/** Where the sandbox listens, and what lets one user into their part of it. */
export interface SandboxAddress {
  server: string;
  token: string;
}

type Needs = Pick<ClusterNeeds, "clusters" | "sealing" | "newId" | "now">;

/** Gives a user the sandbox as their cluster. Only rows made here are reached without their address being judged. */
export async function addSandbox(
  needs: Needs,
  owner_id: string,
  address: SandboxAddress,
): Promise<ClusterRow> {
  const id = (await needs.clusters.findOwned("sandbox", owner_id))?.id ?? needs.newId();
  const at = needs.now().toISOString();
  const access = { ...address, insecure: true, trusted: true };
  return needs.clusters.insertSandbox({
    id,
    owner_id,
    name: "sandbox",
    display_name: "Sandbox",
    description: "A simulated Kubernetes inside this server: nothing here runs for real.",
    server: address.server,
    auth_type: "token",
    credentials: sealKept(needs, { id, owner_id }, { given: {}, access }),
    namespace: "",
    insecure: 0,
    single_node: 0,
    simulated: 1,
    labels: toJsonText({}),
    metadata: toJsonText(unknownMetadata),
    status: "connected",
    warning: null,
    last_check: null,
    away_since: null,
    created_at: at,
    updated_at: at,
  });
}

/** After a start the sandbox listens elsewhere and knows other tokens: every row of it is told. */
export async function repointSandboxes(
  needs: Needs,
  addressFor: (owner_id: string) => SandboxAddress,
): Promise<void> {
  for (const { owner_id } of await needs.clusters.listSandboxes())
    await addSandbox(needs, owner_id, addressFor(owner_id));
}

import { readFile } from "node:fs/promises";
import { onTestFinished } from "vitest";
import { connectTo } from "../../src/server/cluster/connection.ts";
import { createRest } from "../../src/server/cluster/rest.ts";
import { createOutbound } from "../../src/server/outbound/outbound.ts";
import { wayOf } from "./kubernetes-client.ts";

interface Target {
  kubeconfigFile: string | undefined;
  addBody: { server: string; token: string } | { kubeconfig: string };
}

/** The product's own connection to a test's cluster, without a server around it. */
export async function ownConnection({ kubeconfigFile, addBody }: Target) {
  const way = "token" in addBody ? addBody : wayOf(await readFile(kubeconfigFile ?? "", "utf8"));
  const { server, token } = way;
  const tls = "tls" in way ? way.tls : {};
  const policy = { allowPrivateNetworks: true, allowedAddresses: [], listeners: () => [] };
  const pool = createOutbound({ policy }).pool({ origin: server, allowPlain: true, tls });
  const authentication = {
    headers: async (): Promise<Record<string, string>> => (token ? { authorization: `Bearer ${token}` } : {}),
    secrets: () => (token ? [token] : []),
    refused: () => undefined,
  };
  const cluster = connectTo(createRest({ pool, basePath: "", authentication }));
  onTestFinished(() => cluster.close());
  return cluster;
}

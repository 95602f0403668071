import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { openGateway } from "../support/gateway.ts";
import { ownConnection } from "../support/own-connection.ts";
import { testCluster } from "../support/target.ts";

const awayMs = 30_000;

test("F05 an API server away for 30 s: stale meanwhile, and then as the cluster is", async () => {
  const cluster = await testCluster();
  const gateway = await openGateway(cluster.way);
  onTestFinished(() => gateway.close());
  const { namespace } = cluster;
  const own = await ownConnection({ ...cluster, addBody: gateway.addBody });
  const names = () =>
    followings.flatMap(({ objects }) => [...objects()].map(({ metadata }) => metadata.name));
  const followings = ["ConfigMap", "Secret", "Service"].map((kind) =>
    own.followAll({ apiVersion: "v1", kind, namespace }, () => undefined),
  );
  await Promise.all(followings.map(({ listed }) => listed));
  const collection = `/api/v1/namespaces/${namespace}/configmaps`;
  const create = (name: string) =>
    cluster.api("POST", collection, { apiVersion: "v1", kind: "ConfigMap", metadata: { name } });
  await create("before");
  await eventually(() => names().includes("before"));

  gateway.leave();
  await eventually(() => own.freshness().stale_since);
  await create("meanwhile");
  await cluster.api("DELETE", `${collection}/before`);
  await sleep(awayMs);
  expect(own.freshness()).toMatchObject({ reason: "unreachable" });
  expect(names()).toContain("before");

  await gateway.comeBack();
  await eventually(() => own.freshness().behind.length === 0, 15_000);
  expect(names()).toContain("meanwhile");
  expect(names()).not.toContain("before");
});

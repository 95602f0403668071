import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { openGateway } from "../support/gateway.ts";
import { ownConnection } from "../support/own-connection.ts";
import { testCluster } from "../support/target.ts";

const awaySeconds = 30;
const command = process.env.TEST_CLUSTER_COMMAND;
const run = promisify(execFile);

/** A connection that follows three kinds of a namespace with a ConfigMap in it, through a gateway. */
async function prepare() {
  const cluster = await testCluster();
  const gateway = await openGateway(cluster.way);
  onTestFinished(() => gateway.close());
  const { namespace } = cluster;
  const own = await ownConnection({ ...cluster, addBody: gateway.addBody });
  const followings = ["ConfigMap", "Secret", "Service"].map((kind) =>
    own.followAll({ apiVersion: "v1", kind, namespace }, () => undefined),
  );
  const names = () =>
    followings.flatMap(({ objects }) => [...objects()].map(({ metadata }) => metadata.name));
  await Promise.all(followings.map(({ listed }) => listed));
  const collection = `/api/v1/namespaces/${namespace}/configmaps`;
  const create = (name: string) =>
    cluster.api("POST", collection, { apiVersion: "v1", kind: "ConfigMap", metadata: { name } });
  await create("before");
  await eventually(() => names().includes("before"));

  return {
    ...{ cluster, gateway, own, names, create },
    remove: (name: string) => cluster.api("DELETE", `${collection}/${name}`),
    isStale: () => eventually(() => own.freshness().stale_since, 60_000),
    isCurrent: (ms: number) => eventually(() => own.freshness().behind.length === 0, ms),
  };
}

test("F05 an API server that cannot be reached for 30 s: stale meanwhile, and then as the cluster is", async () => {
  const { gateway, own, names, create, remove, isStale, isCurrent } = await prepare();
  gateway.leave();
  await isStale();
  await create("meanwhile");
  await remove("before");
  await sleep(awaySeconds * 1_000);
  expect(own.freshness()).toMatchObject({ reason: "unreachable" });
  expect(names()).toContain("before");

  await gateway.comeBack();
  await isCurrent(15_000);
  expect(names()).toContain("meanwhile");
  expect(names()).not.toContain("before");
});

test("F08 a line on which nothing arrives any more: found out, stale meanwhile, and then as the cluster is", async () => {
  const { gateway, own, names, create, remove, isStale, isCurrent } = await prepare();
  gateway.mute();
  await create("meanwhile");
  await remove("before");
  await isStale();
  expect(own.freshness()).toMatchObject({ reason: "silent" });
  expect(names()).toContain("before");

  gateway.speak();
  await isCurrent(45_000);
  expect(names()).toContain("meanwhile");
  expect(names()).not.toContain("before");
});

test.skipIf(!command)(
  "F05 an API server that is killed, and back after 30 s: asked no more than once a second, and seen as it is",
  async () => {
    const { gateway, own, names, create, isStale, isCurrent } = await prepare();
    const before = gateway.asked();
    const crash = run(command ?? "", ["crash", "kube-apiserver", String(awaySeconds)]);
    await isStale();
    expect(own.freshness()).toMatchObject({ reason: "unreachable" });
    await crash;
    expect(gateway.asked() - before).toBeLessThanOrEqual(awaySeconds);
    expect(names()).toContain("before");

    // It takes its time to start.
    await eventually(
      () =>
        create("after").then(
          () => true,
          () => false,
        ),
      60_000,
    );
    await isCurrent(15_000);
    await eventually(() => names().includes("after"));
  },
);

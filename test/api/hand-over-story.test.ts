import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Design } from "../../src/contract/design.ts";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { eventually } from "../support/eventually.ts";
import { prepareRun, withData } from "../support/run-story.ts";

type Story = Awaited<ReturnType<typeof prepareRun>>;

const everyMs = 100;
const afterwardsMs = 5_000;
const allReadyMs = 60_000;

const scaled = ({ nodes, edges }: Design): Design => {
  const data = { name: "web", minReplicas: 2, maxReplicas: 6, targetCPUUtilization: 80 };
  return {
    nodes: [...nodes, { id: "scaler", type: "hpa", position: { x: 0, y: 160 }, data }],
    edges: [...edges, { id: "e2", source: "scaler", target: "web" }],
  };
};

/** How many pods of the Deployment are ready and meant to stay. */
async function readyPods({ cluster }: Story): Promise<number> {
  const path = `/api/v1/namespaces/${cluster.namespace}/pods?labelSelector=app%3Dweb`;
  const { items } = (await cluster.api("GET", path)) as { items: KubernetesObject[] };
  return items.filter(({ metadata, status }) => {
    const conditions = (status?.conditions ?? []) as { type: string; status: string }[];
    const isReady = conditions.some((each) => each.type === "Ready" && each.status === "True");
    return isReady && !metadata.deletionTimestamp;
  }).length;
}

/** Counts the ready pods, and the wanted ones, again and again, until it is told to stop. */
function watchPods(story: Story) {
  const ready: number[] = [];
  const wanted: unknown[] = [];
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; await pause(everyMs)) {
      const [pods, web] = await Promise.all([readyPods(story), story.live("apps/v1", "deployments", "web")]);
      ready.push(pods);
      wanted.push(web?.spec?.replicas);
    }
  })();
  watching.catch(() => undefined);
  onTestFinished(() => {
    isOver = true;
  });
  return async () => {
    isOver = true;
    await watching;
    return { ready, wanted: [...new Set(wanted)] };
  };
}

/** Asks the Service over and over, where its address can be reached from here; a simulated one serves nothing. */
async function askService({ cluster, live }: Story) {
  const { clusterIP } = ((await live("v1", "services", "door"))?.spec ?? {}) as { clusterIP?: string };
  const heard = { answers: 0, failures: [] as string[] };
  let isOver = cluster.kind !== "real";
  const asking = (async () => {
    for (; !isOver; await pause(10))
      await fetch(`http://${clusterIP}/healthz`, { signal: AbortSignal.timeout(2_000) })
        .then((response) => response.arrayBuffer().then(() => (heard.answers += response.ok ? 1 : 0)))
        .catch((error: unknown) => heard.failures.push(String(error)));
  })();
  onTestFinished(() => {
    isOver = true;
  });
  return async () => {
    isOver = true;
    await asking;
    return heard;
  };
}

/** A run watched until some seconds after its end. */
async function watchedRun(story: Story, plan_hash: string) {
  const [pods, service] = [watchPods(story), await askService(story)];
  const run = await story.ended((await story.start({ plan_hash })).run_id, 60_000);
  expect(run).toMatchObject({ status: "completed", outcome: "succeeded" });
  await pause(afterwardsMs);
  const [seen, heard] = [await pods(), await service()];
  expect(seen.ready.length).toBeGreaterThan(20);
  expect(heard.failures).toEqual([]);
  if (story.cluster.kind === "real") expect(heard.answers).toBeGreaterThan(100);
  return seen;
}

type Plan = Awaited<ReturnType<Story["plan"]>>;

const fieldsOf = ({ nodes }: Plan, id: string) =>
  nodes.find(({ node_id }) => node_id === id)?.objects.flatMap(({ fields }) => fields);

test("replicas go to an autoscaler and come back while it runs, and never is there a pod less", async () => {
  const story = await prepareRun();
  const { start, ended, save, plan, live, cluster } = story;
  const design = withData(story.design, "web", { replicas: 3 });
  await save(design);
  expect(await ended((await start()).run_id, 60_000)).toMatchObject({ outcome: "succeeded" });

  await save(scaled(design));
  const over = await plan();
  expect(over.counts).toMatchObject({ create: 1, delete: 0 });
  expect(fieldsOf(over, "web")).toEqual([]);
  expect(over.restarts).toEqual([]);
  const during = await watchedRun(story, over.plan_hash);
  expect(Math.min(...during.ready)).toBe(3);
  expect(during.wanted).toEqual([3]);

  // As the autoscaler itself does it, of which no figures ask anything here.
  const scale = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/web/scale`;
  const by = `${scale}?fieldManager=kube-controller-manager`;
  await cluster.api("PATCH", by, { spec: { replicas: 5 } }, "application/merge-patch+json");
  await eventually(async () => (await readyPods(story)) === 5, allReadyMs);

  await save(design);
  const back = await plan();
  expect(back.removed).toMatchObject([{ kind: "HorizontalPodAutoscaler", action: "delete" }]);
  expect(fieldsOf(back, "web")).toEqual([]);
  expect(back.restarts).toEqual([]);
  const returning = await watchedRun(story, back.plan_hash);
  expect(Math.min(...returning.ready)).toBe(5);
  expect(returning.wanted).toEqual([5]);

  // By now the number is the drawing's own, and whoever deploys again is told what that means.
  const last = await plan();
  expect(fieldsOf(last, "web")).toMatchObject([{ path: "/spec/replicas", from: 5, to: 3 }]);
  await ended((await start({ plan_hash: last.plan_hash })).run_id, 60_000);
  expect((await live("apps/v1", "deployments", "web"))?.spec).toMatchObject({ replicas: 3 });
  expect((await plan()).counts).toMatchObject({ create: 0, update: 0, delete: 0 });
});

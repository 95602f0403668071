import { expect, test } from "vitest";
import { api } from "../../src/contract/api.ts";
import { declaredKeys } from "../../src/core/catalog/secret.ts";
import { stacks } from "../../src/core/templates/stacks.ts";
import { runEnded } from "../support/run-story.ts";
import { testCluster } from "../support/target.ts";
import { startTestApp } from "../support/test-app.ts";

test.each(stacks.map(({ id }) => id))("the stack %s is deployed as it is drawn, and works", async (stack) => {
  const cluster = await testCluster();
  const { call, ...client } = await (await startTestApp()).signUp();
  await call(api.addCluster, { body: { ...cluster.addBody, name: "prod" } });
  const { id, nodes } = await call(api.createWorkflow, { body: { name: stack, stack } });
  const secrets = nodes
    .filter(({ type }) => type === "secret")
    .map((node) => [
      node.id,
      Object.fromEntries(declaredKeys(node.data).map((key) => [key, `value of ${key}`])),
    ]);
  const body = {
    ...{ cluster: "prod", namespace: cluster.namespace },
    trigger_data: { secrets: Object.fromEntries(secrets) },
  };
  const { run_id } = await call(api.runWorkflow, { params: { id }, body });
  const run = await runEnded({ call, ...client }, { id }, run_id, 50_000);
  expect(run, run.error).toMatchObject({ status: "completed", outcome: "succeeded", warnings: [] });
  expect(Object.keys(run.node_states).toSorted()).toEqual(nodes.map((node) => node.id).toSorted());
});

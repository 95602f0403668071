import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { arbitraryObject } from "../support/arbitrary-object.ts";
import { type Answer, kubernetesClient } from "../support/kubernetes-client.ts";
import { testCluster } from "../support/target.ts";

const objects = 300;

/** What an answer says about an object: taken or not, and which fields are to blame. */
function verdictOf({ status, body }: Answer) {
  const { details } = body as { details?: { causes?: { field: string }[] } };
  const fields = status === 422 ? (details?.causes ?? []).map(({ field }) => field) : [];
  return { status, fields: [...new Set(fields)].toSorted() };
}

test("the sandbox takes and refuses what a real API server does, and blames the same fields", async () => {
  const cluster = await testCluster();
  const sandbox = await startSandbox({ pace: 0.02 });
  const simulated = kubernetesClient({ server: sandbox.server, token: sandbox.issue("test") });
  onTestFinished(async () => {
    await simulated.close();
    await sandbox.stop();
  });
  const { namespace } = cluster;
  const metadata = { name: namespace };
  await simulated.api("POST", "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata });

  const verdicts = [];
  for (const { apiVersion, plural, object } of fc.sample(arbitraryObject(), { numRuns: objects, seed: 11 })) {
    const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
    const place = `${root}/namespaces/${namespace}/${plural}/${encodeURIComponent(object.metadata.name)}`;
    const path = `${place}?fieldManager=orrery&fieldValidation=Strict&dryRun=All`;
    const [real, ours] = await Promise.all(
      [cluster, simulated].map(({ ask }) => ask("PATCH", path, object, "application/apply-patch+yaml")),
    );
    if (real && ours)
      verdicts.push({ object, real: verdictOf(real), ours: verdictOf(ours), said: real.body });
  }
  const taken = verdicts.filter(({ real }) => real.status < 300);
  expect(taken.length).toBeGreaterThan(objects / 20);
  expect(verdicts.length - taken.length).toBeGreaterThan(objects / 20);
  const disagreed = verdicts.filter(({ real, ours }) => JSON.stringify(real) !== JSON.stringify(ours));
  expect(disagreed).toEqual([]);
}, 120_000);

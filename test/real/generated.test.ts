import fc from "fast-check";
import { expect, test } from "vitest";
import { compileDesign } from "../../src/core/compile/compile-design.ts";
import { arbitraryDesign } from "../support/arbitrary-design.ts";
import { testCluster } from "../support/target.ts";

const designs = 200;

const plurals: Record<string, string> = {
  Ingress: "ingresses",
  NetworkPolicy: "networkpolicies",
  HorizontalPodAutoscaler: "horizontalpodautoscalers",
};

test("what is drawn becomes objects that a real API server accepts, or is told why it cannot", async () => {
  const cluster = await testCluster();
  let accepted = 0;
  let faulty = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryDesign(), async (design) => {
      const input = { workflow_id: "0123456789abcdef01234567", design, namespace: cluster.namespace };
      const { nodes, faults } = compileDesign(input);
      if (faults.length > 0) {
        for (const { message } of faults) expect(message).toMatch(/^\S.*\S$/);
        faulty += 1;
        return;
      }
      for (const object of nodes.flatMap((node) => node.objects)) {
        const { apiVersion, kind } = object;
        // Nothing is written in a dry run, so namespaces that were drawn are not there to write to.
        const metadata = { ...object.metadata, namespace: cluster.namespace };
        const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
        const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
        const path = `${root}/namespaces/${metadata.namespace}/${plural}/${metadata.name}`;
        const query = "fieldManager=orrery&fieldValidation=Strict&dryRun=All";
        await cluster.api(
          "PATCH",
          `${path}?${query}`,
          { ...object, metadata },
          "application/apply-patch+yaml",
        );
        accepted += 1;
      }
    }),
    { numRuns: designs, seed: 7 },
  );
  expect(accepted).toBeGreaterThan(designs);
  expect(faulty).toBeLessThan(designs);
}, 300_000);

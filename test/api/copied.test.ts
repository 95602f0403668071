import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";
import { copiedTexts } from "../support/copied.ts";
import { applyDry, hasKubectl } from "../support/kubectl.ts";
import { testCluster } from "../support/target.ts";

type Cluster = Awaited<ReturnType<typeof testCluster>>;

/** Where objects of a kind are kept. */
async function placeOf({ api, namespace }: Cluster, { apiVersion, kind, metadata }: KubernetesObject) {
  const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  const { resources } = (await api("GET", root)) as { resources: Kind[] };
  const found = resources.find((each) => each.kind === kind && !each.name.includes("/"));
  const within = found?.namespaced ? `/namespaces/${namespace}` : "";
  return `${root}${within}/${found?.name}/${encodeURIComponent(metadata.name)}`;
}

interface Kind {
  name: string;
  kind: string;
  namespaced: boolean;
}

test("what is copied from a canvas, a cluster takes as it is, with nothing in it that it does not know", async () => {
  const cluster = await testCluster();
  const texts = copiedTexts();
  expect(texts.length).toBeGreaterThan(50);
  for (const { of, text } of texts)
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as KubernetesObject;
      const path = `${await placeOf(cluster, object)}?dryRun=All&fieldManager=somebody&fieldValidation=Strict`;
      const { status, body } = await cluster.ask("PATCH", path, object, "application/apply-patch+yaml");
      expect([of, object.kind, status, status < 300 ? "" : body]).toEqual([of, object.kind, status, ""]);
    }
});

test.skipIf(!hasKubectl)(
  "what is copied from a canvas, kubectl applies in a dry run, all of it at once",
  async () => {
    const text = copiedTexts()
      .map((each) => each.text)
      .join("---\n");
    const { code, said } = await applyDry(text);
    expect(said).not.toMatch(/error|warning/i);
    expect(code).toBe(0);
    expect(said.match(/created \(server dry run\)$/gm)?.length).toBe(parseAllDocuments(text).length);
  },
);

import { onTestFinished } from "vitest";
import { eventually } from "./eventually.ts";
import type { FaultStory as Story } from "./fault-story.ts";

const policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
const bindings = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";

/** Lets every dry run pass, and refuses the write: what a webhook that heeds no dry run does. */
export async function refuseTierTwo({ cluster }: Story): Promise<void> {
  const { namespace, ask } = cluster;
  const rule = { apiGroups: ["apps", ""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"] };
  const expression =
    "request.dryRun || !has(object.metadata.labels.tier) || object.metadata.labels.tier != 'two'";
  const matching = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
  const resourceRules = [{ ...rule, resources: ["deployments", "configmaps"] }];
  await cluster.api("POST", policies, {
    metadata: { name: namespace },
    spec: {
      matchConstraints: { ...matching, resourceRules },
      validations: [{ expression, message: "tier two is not wanted here" }],
    },
  });
  await cluster.api("POST", bindings, {
    metadata: { name: namespace },
    spec: { policyName: namespace, validationActions: ["Deny"] },
  });
  onTestFinished(async () => {
    await ask("DELETE", `${bindings}/${namespace}`);
    await ask("DELETE", `${policies}/${namespace}`);
  });
  const probe = { metadata: { name: "probe", labels: { tier: "two" } } };
  await eventually(async () => {
    const { status } = await ask("POST", `/api/v1/namespaces/${namespace}/configmaps`, probe);
    if (status < 300) await ask("DELETE", `/api/v1/namespaces/${namespace}/configmaps/probe`);
    return status === 422 || undefined;
  }, 20_000);
}

export async function allowNoMorePods({ cluster }: Story): Promise<void> {
  const path = `/api/v1/namespaces/${cluster.namespace}/resourcequotas`;
  await cluster.api("POST", path, { metadata: { name: "few" }, spec: { hard: { pods: "1" } } });
  await eventually(async () => {
    const { body } = await cluster.ask("GET", `${path}/few`);
    return (body as { status?: { used?: object } }).status?.used;
  }, 20_000);
}

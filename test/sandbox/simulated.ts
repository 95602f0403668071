import { expect, onTestFinished } from "vitest";
import { type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "../support/eventually.ts";

/** As much of an answer as the tests look at; a test knows which of it to expect. */
export interface Seen {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
    ownerReferences?: { kind: string; name: string; uid: string }[];
    managedFields?: { manager: string; operation: string; subresource?: string; fieldsV1: object }[];
    continue?: string;
  };
  spec: { replicas?: number; template: { spec: PodSpec }; volumeName?: string } & PodSpec;
  status: {
    phase?: string;
    replicas?: number;
    readyReplicas?: number;
    conditions?: Condition[];
    containerStatuses?: {
      restartCount: number;
      state: Record<string, { reason?: string; message?: string }>;
    }[];
    [field: string]: unknown;
  };
  data: Record<string, string>;
  items: Seen[];
  reason: string;
  message: string;
  details: { causes: { reason: string; message: string; field: string }[] };
}

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

interface PodSpec {
  containers: { name: string; image: string; env?: { name: string; value: string }[]; ports?: object[] }[];
  nodeName?: string;
  volumes?: { name: string; persistentVolumeClaim?: { claimName: string } }[];
}

export const applyPatch = "application/apply-patch+yaml";

/** A sandbox of the test's own at a quick pace, and one tenant's way into it. */
export async function simulated(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ pace: 0.02, ...options });
  onTestFinished(async () => {
    await sandbox.stop();
    expect(sandbox.complaints).toEqual([]);
  });
  const tenant = (name: string) => apiOf(sandbox.server, sandbox.issue(name));
  return { sandbox, tenant, ...tenant("somebody") };
}

function apiOf(server: string, token: string) {
  const fetchFrom = (method: string, path: string, sent?: unknown, type = "application/json") =>
    fetch(new URL(path, server), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "user-agent": "test/1",
        ...(sent !== undefined && { "content-type": type }),
      },
      ...(sent !== undefined && { body: typeof sent === "string" ? sent : JSON.stringify(sent) }),
    });

  async function ask(method: string, path: string, sent?: unknown, type?: string) {
    const response = await fetchFrom(method, path, sent, type);
    const text = await response.text();
    return { status: response.status, body: asJson(text) };
  }

  /** The answer's body; a refusal fails the test in the server's words. */
  async function api(method: string, path: string, sent?: unknown, type?: string): Promise<Seen> {
    const { status, body } = await ask(method, path, sent, type);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  return {
    fetchFrom,
    ask,
    api,
    apply: (path: string, object: object, manager = "test", more = "") =>
      api("PATCH", `${path}?fieldManager=${manager}${more}`, object, applyPatch),
    /** The object once it looks as awaited. */
    seen: (path: string, isAwaited: (object: Seen) => unknown, ms?: number) =>
      eventually(async () => {
        const { status, body } = await ask("GET", path);
        return status === 200 && isAwaited(body) ? body : undefined;
      }, ms),
    gone: (path: string) => eventually(async () => (await ask("GET", path)).status === 404),
    list: async (path: string): Promise<Seen[]> => (await api("GET", path)).items,
  };
}

function asJson(text: string): Seen {
  try {
    return JSON.parse(text);
  } catch {
    return text as unknown as Seen;
  }
}

export const core = "/api/v1/namespaces/default";
export const apps = "/apis/apps/v1/namespaces/default";
export const batch = "/apis/batch/v1/namespaces/default";

export const conditionOf = (object: Seen, type: string) =>
  object.status?.conditions?.find((each) => each.type === type);

export const configMap = (name: string, data: Record<string, string> = {}, labels = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, labels },
  data,
});

export const podTemplate = (app: string, image = "web:1", annotations?: Record<string, string>) => ({
  metadata: { labels: { app }, ...(annotations && { annotations }) },
  spec: { containers: [{ name: "web", image }] },
});

export function deployment(name: string, spec: object = {}, template: object = podTemplate(name)) {
  const selector = { matchLabels: { app: name } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: { selector, template, ...spec },
  };
}

import { Agent, type Dispatcher, request } from "undici";
import { caPem } from "../../test/support/certificates.ts";

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** Nothing is cut off so often by chance: the cluster is gone. */
const mostTries = 20;

export type BareClient = ReturnType<typeof bareClient>;

/** The least that speaks to a cluster: it asks, and asks again when it was throttled or cut off. */
export function bareClient(server: string, token: string) {
  const agent = new Agent({ connections: 32, connect: { ca: caPem } });
  const watches = new Agent({ connect: { ca: caPem } });

  async function ask(
    method: string,
    path: string,
    { dispatcher = agent, ...more }: { dispatcher?: Agent; body?: unknown; signal?: AbortSignal } = {},
  ): Promise<Dispatcher.ResponseData> {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(method, path, { dispatcher, ...more }).catch((error: unknown) => {
        if (tries === mostTries || !isCutOff(error)) throw error;
      });
      if (answer && answer.statusCode < 400) return answer;
      const text = await answer?.body.text();
      if (answer && answer.statusCode !== 429)
        throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    }
  }

  function once(
    method: string,
    path: string,
    { body, ...more }: { dispatcher: Agent; body?: unknown; signal?: AbortSignal },
  ) {
    const label = body !== undefined && { "content-type": "application/apply-patch+yaml" };
    return request(`${server}${path}`, {
      ...more,
      method: method as "GET",
      headers: { authorization: `Bearer ${token}`, ...label },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  return {
    async get(path: string): Promise<unknown> {
      return (await ask("GET", path)).body.json();
    },
    async apply(object: KubeObject, isDryRun = false): Promise<void> {
      const query = `fieldManager=bench&force=true${isDryRun ? "&dryRun=All" : ""}`;
      await (await ask("PATCH", `${pathOf(object)}?${query}`, { body: object })).body.dump();
    },
    async *watch(
      path: string,
      signal: AbortSignal,
    ): AsyncGenerator<{ type: string; object: Record<string, unknown> }> {
      const { body } = await ask("GET", `${path}?watch=true`, { dispatcher: watches, signal });
      let rest = "";
      for await (const chunk of body) {
        const lines = (rest + String(chunk)).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield JSON.parse(line);
      }
    },
    close: () => Promise.all([agent.destroy(), watches.destroy()]),
  };
}

const isCutOff = (error: unknown) => error instanceof Error && "code" in error;

export function pathOf({ kind, metadata: { name, namespace } }: KubeObject): string {
  if (kind === "Namespace") return `/api/v1/namespaces/${name}`;
  return `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
}

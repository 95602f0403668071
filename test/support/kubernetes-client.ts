import { Agent, request } from "undici";
import { parse } from "yaml";
import type { KubernetesObject } from "../../src/core/kubernetes-object.ts";

export interface Way {
  server: string;
  token?: string;
  tls?: { ca?: string; cert?: string; key?: string };
}

export interface Answer {
  status: number;
  body: unknown;
}

/** A look at a cluster past the product, so that tests need not take its word. Its own requests carry `by=test`. */
export function kubernetesClient({ server, token, tls }: Way) {
  const agent = new Agent({ connect: tls ?? {} });

  async function ask(
    method: string,
    path: string,
    sent?: unknown,
    contentType = "application/json",
  ): Promise<Answer> {
    const url = new URL(path, server);
    url.searchParams.set("by", "test");
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      method: method as "GET",
      headers: {
        accept: "application/json",
        "user-agent": "test",
        ...(token && { authorization: `Bearer ${token}` }),
        ...(sent !== undefined && { "content-type": contentType }),
      },
      body: sent === undefined ? null : JSON.stringify(sent),
    });
    return { status: statusCode, body: asJson(await body.text()) };
  }

  return {
    ask,
    /** The answer's body; what the cluster refuses fails the test in the cluster's words. */
    async api(method: string, path: string, sent?: unknown, contentType?: string): Promise<unknown> {
      const { status, body } = await ask(method, path, sent, contentType);
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
    async find(path: string): Promise<KubernetesObject | undefined> {
      const { status, body } = await ask("GET", path);
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      return body as KubernetesObject;
    },
    close: () => agent.close(),
  };
}

/** Logs are not JSON; everything else a cluster answers is. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Kubeconfig {
  "current-context": string;
  contexts: { name: string; context: { cluster: string; user: string } }[];
  clusters: { name: string; cluster: { server: string; "certificate-authority-data"?: string } }[];
  users: {
    name: string;
    user: { token?: string; "client-certificate-data"?: string; "client-key-data"?: string };
  }[];
}

/** How the current context of a kubeconfig is reached: with everything it needs inside it, or not at all. */
export function wayOf(kubeconfig: string): Way {
  const config = parse(kubeconfig) as Kubeconfig;
  const context = config.contexts.find(({ name }) => name === config["current-context"])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  if (!cluster || !user) throw new Error("The kubeconfig's current context names no cluster or no user");
  const pem = (data?: string) => (data ? Buffer.from(data, "base64").toString() : undefined);
  const tls = {
    ca: pem(cluster["certificate-authority-data"]),
    cert: pem(user["client-certificate-data"]),
    key: pem(user["client-key-data"]),
  };
  return { server: cluster.server, ...(user.token && { token: user.token }), tls: given(tls) };
}

function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

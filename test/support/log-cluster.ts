import type { ServerResponse } from "node:http";
import { createLogStreams, type LogRequest } from "../../src/server/background/logs/log-streams.ts";
import { answerJson, listenHttp } from "./hostile-server.ts";
import { ownConnection } from "./own-connection.ts";

type Answer = (response: ServerResponse, query: URLSearchParams, time: number) => void;

/** A cluster of one pod, of which a test says what its kubelet answers to each request for its log. */
export async function logCluster(answer: Answer, status: object = { phase: "Running" }) {
  const running = [
    { name: "main", state: { running: { startedAt: "2026-01-01T00:00:00Z" } }, restartCount: 0 },
  ];
  const pod = {
    metadata: { name: "one", namespace: "default", uid: "u1", labels: { "orrery.dev/workflow": "w1" } },
    spec: { containers: [{ name: "main" }] },
    status: { containerStatuses: running, ...status },
  };
  const asked: URLSearchParams[] = [];
  const secrets = { PASSWORD: "" };
  const watches = new Set<ServerResponse>();
  const pods = [{ apiVersion: "v1", kind: "Pod", ...pod }];
  const { server } = await listenHttp((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://cluster");
    if (pathname === "/api/v1")
      return answerJson(response, 200, {
        resources: [
          { kind: "Pod", name: "pods", namespaced: true },
          { kind: "Secret", name: "secrets", namespaced: true },
        ],
      });
    if (pathname.endsWith("/log")) {
      asked.push(searchParams);
      return answer(response, searchParams, asked.length);
    }
    if (pathname.endsWith("/secrets/keys")) {
      const data = { PASSWORD: Buffer.from(secrets.PASSWORD).toString("base64") };
      return answerJson(response, 200, {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "keys" },
        data,
      });
    }
    if (pathname.endsWith("/pods/one")) return answerPod(response, pods[0]);
    if (searchParams.has("watch")) {
      watches.add(response);
      return void response.writeHead(200).flushHeaders();
    }
    answerJson(response, 200, {
      kind: "PodList",
      apiVersion: "v1",
      metadata: { resourceVersion: "1" },
      items: pods,
    });
  });
  const addBody = { name: "hostile", server, token: "t", insecure: true };
  const cluster = await ownConnection({ addBody, kubeconfigFile: undefined } as never);
  const kept = [{ object_key: "/Secret/default/keys" }];
  const streams = createLogStreams({
    inventory: { of: async () => (secrets.PASSWORD ? (kept as never) : []) },
    runs: { running: async () => undefined, find: async () => undefined, latest: async () => [] },
    openValues: () => "{}",
  });

  return {
    asked,
    secrets,
    /** From now on there is no such pod. */
    removePod(): void {
      const metadata = { ...pod.metadata, resourceVersion: "2" };
      for (const object of pods.splice(0))
        for (const watch of watches)
          watch.write(`${JSON.stringify({ type: "DELETED", object: { ...object, metadata } })}\n`);
    },
    /** What one reader is told; it can be taken at the reader's own pace. */
    async open(
      end: AbortSignal,
      { isOnce = false, ...over }: Partial<LogRequest> & { isOnce?: boolean } = {},
    ) {
      const request: LogRequest = {
        workflow_id: null,
        cluster_id: "c1",
        cluster,
        owner: { kind: "Pod", namespace: "default", name: "one" },
        container: undefined,
        form: { format: "json", isNamed: false },
        part: { tailLines: 100 },
        previous: false,
        lastId: undefined,
        gone: end,
        ...over,
      };
      const parts = await (isOnce ? streams.read(request) : streams.follow(request));
      return parts(end);
    },
  };
}

/** What an API server says of a pod, or of one that is gone. */
export function answerPod(response: ServerResponse, pod?: object): void {
  const status = {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    reason: "NotFound",
    message: 'pods "one" not found',
    code: 404,
  };
  answerJson(response, pod ? 200 : 404, pod ?? status);
}

/** The lines a kubelet would send, one every millisecond from a number on. */
export function stampedLines(
  from: number,
  count: number,
  text = (number: number) => `line ${number}`,
): string {
  return Array.from({ length: count }, (_, index) => `${stampOf(from + index)} ${text(from + index)}\n`).join(
    "",
  );
}

export function stampOf(ms: number): string {
  return `${new Date(Date.UTC(2026, 0, 1) + ms).toISOString().slice(0, -1)}000000Z`;
}

import { onTestFinished } from "vitest";
import { eventually } from "./eventually.ts";
import { prepareBehindGateway, prepareResources } from "./resource-story.ts";

export interface LogEvent {
  id: string | undefined;
  name: string;
  data: string;
}

export interface TestLine {
  at: string;
  pod: string;
  container: string;
  text: string;
}

type Story = Pick<
  Awaited<ReturnType<typeof prepareResources>>,
  "cluster" | "apps" | "core" | "sync" | "find"
>;

/** A user with a cluster, and workloads in it that write numbered lines. */
export async function prepareLogs() {
  const story = await prepareResources();
  return { ...withLogs(story), reader: readerOf(() => story.server.url, story.client.token) };
}

/** The same, with a gateway between the server and its cluster. */
export async function prepareLogsBehindGateway() {
  const { gateway, ...story } = await prepareBehindGateway();
  return { ...withLogs(story), gateway };
}

/** What writes numbered lines, in a story's cluster. */
export function withLogs<S extends Story>(story: S) {
  const { cluster, apps, core } = story;

  return {
    ...story,
    /** A Deployment whose pods write a numbered line every so many milliseconds. */
    async writing(name: string, everyMs: number, replicas = 1): Promise<string> {
      await cluster.api(
        "POST",
        `${apps}/deployments`,
        deployment(name, everyMs, replicas, cluster.program("web").image),
      );
      await eventually(async () => {
        const found = await cluster.find("apps/v1", "deployments", name);
        return found?.status?.availableReplicas === replicas;
      }, 60_000);
      await story.sync();
      return (await story.find("Deployment", name)).id;
    },
    /** Replaces all pods of a Deployment, and waits until the last of the old ones is gone. */
    async rollOut(name: string): Promise<void> {
      const before = new Set((await podsOf()).map(({ metadata }) => metadata.name));
      const annotations = { round: String(Date.now()) };
      const patch = { spec: { template: { metadata: { annotations } } } };
      await cluster.api("PATCH", `${apps}/deployments/${name}`, patch, "application/merge-patch+json");
      await eventually(async () => {
        const pods = await podsOf();
        return pods.length > 0 && pods.every(({ metadata }) => !before.has(metadata.name));
      }, 90_000);
    },
    podsOf,
    /** A pod alone, with settings of its own. */
    async pod(name: string, spec: object): Promise<void> {
      await cluster.api("POST", `${core}/pods`, { metadata: { name }, spec });
    },
  };

  async function podsOf() {
    const list = await cluster.api("GET", `${core}/pods`);
    return (list as { items: { metadata: { name: string } }[] }).items;
  }
}

function deployment(name: string, everyMs: number, replicas: number, image: string) {
  const labels = { app: name };
  const env = [{ name: "LOG_EVERY", value: String(everyMs) }];
  return {
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 5, containers: [{ name: "main", image, env }] },
      },
    },
  };
}

/** Reads one log stream as it goes over the wire, and goes on where it was when it is opened again. */
export function readerOf(url: () => string, token: string) {
  return (id: string, query = "") => {
    const events: LogEvent[] = [];
    let leaving = new AbortController();
    let lastId: string | undefined;
    let status = 0;

    async function open(): Promise<void> {
      leaving = new AbortController();
      const headers = { authorization: `Bearer ${token}`, ...(lastId && { "last-event-id": lastId }) };
      const response = await fetch(`${url()}/v1/api/resources/${id}/logs/stream${query}`, {
        headers,
        signal: leaving.signal,
      });
      status = response.status;
      if (!response.ok || !response.body) throw new Error(`${status} ${await response.text()}`);
      let rest = "";
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        const frames = (rest + chunk).split("\n\n");
        rest = frames.pop() ?? "";
        for (const frame of frames) take(frame);
      }
    }

    function take(frame: string): void {
      const event = parse(frame);
      if (!event) return;
      lastId = event.id ?? lastId;
      events.push(event);
    }

    onTestFinished(() => leaving.abort());
    return {
      events,
      lines: (): TestLine[] =>
        events.flatMap(({ name, data }) => (name === "log" ? [JSON.parse(data) as TestLine] : [])),
      named: (name: string) => events.filter((event) => event.name === name),
      /** Fulfils at the end of the stream, however it comes. */
      open: () => open().catch((error) => (leaving.signal.aborted ? undefined : Promise.reject(error))),
      leave: () => leaving.abort(),
    };
  };
}

function parse(frame: string): LogEvent | undefined {
  const fields = frame
    .split("\n")
    .map((line) => [line.split(":", 1)[0], line.replace(/^[^:]*: ?/, "")] as const);
  const data = fields.flatMap(([name, value]) => (name === "data" ? [value] : []));
  if (data.length === 0) return undefined;
  const one = new Map(fields);
  return { id: one.get("id"), name: one.get("event") ?? "message", data: data.join("\n") };
}

/** The numbers that each pod's lines say, in the order they were told. */
export function numbersByPod(lines: readonly TestLine[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { pod, text } of lines) {
    const [, number] = /^line (\d+)/.exec(text) ?? [];
    if (number !== undefined) numbers.set(pod, [...(numbers.get(pod) ?? []), Number(number)]);
  }
  return numbers;
}

/** Whether they are counted one by one, without a number left out or told twice. */
export function isCounted(numbers: readonly number[]): boolean {
  const [first = 0] = numbers;
  return numbers.every((number, index) => number === first + index);
}

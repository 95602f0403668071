import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../src/client/api-error.ts";
import { createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { kubernetesClient } from "../support/kubernetes-client.ts";
import type { Dice } from "./dice.ts";
import { colourOf, type Drawn, designOf, draw, endedRun, judgeVerdict } from "./drawn.ts";
import { followStatuses } from "./follow-statuses.ts";
import type { Ledger } from "./invariants.ts";

const runSeconds = 30;
/** What a run may take besides its own time: being taken back, and being taken up by another process. */
const graceMs = 90_000;

interface PersonNeeds {
  url: string;
  sandbox: Sandbox;
  dice: Dice;
  ledger: Ledger;
}

/** Somebody who draws, saves, runs and looks, one thing after another, and remembers what was answered. */
export async function createPerson(name: string, { url, sandbox, dice, ledger }: PersonNeeds) {
  const password = "correct horse battery";
  const body = { name, email: `${name.toLowerCase()}@example.com`, password };
  const { token } = await createClient({ baseUrl: url }).call(api.register, { body });
  const client = createClient({ baseUrl: url, token: () => token, retryMs: 500 });
  const way = { server: sandbox.server, token: sandbox.issue(name) };
  await client.call(api.addCluster, { body: { name: "prod", ...way, insecure: true } });
  const drawn = await Promise.all(["one", "two", "three"].map((title) => draw(client, title)));
  const cluster = kubernetesClient(way);
  let colours = 0;

  /** What was asked, or nothing where it could not be asked or was refused for now. */
  async function heard<T>(asking: Promise<T>, expected: readonly number[] = []): Promise<T | undefined> {
    try {
      const answer = await asking;
      ledger.hold("answers", true, () => "");
      return answer;
    } catch (error) {
      // A server that is away does not answer at all.
      if (!(error instanceof ApiError)) return undefined;
      const isExpected = [429, 503, ...expected].includes(error.status);
      ledger.hold("answers", isExpected, () => `${error.status} ${error.message}`);
      return undefined;
    }
  }

  async function save(workflow: Drawn): Promise<void> {
    colours += 1;
    const colour = `${name}-${colours}`;
    workflow.colours.add(colour);
    const params = { id: workflow.id };
    const answer = await heard(
      client.call(api.saveWorkflow, { params, body: designOf(workflow.title, colour) }),
    );
    if (answer) workflow.colours = new Set([colour]);
  }

  async function read({ id, colours: possible }: Drawn): Promise<void> {
    const workflow = await heard(client.call(api.getWorkflow, { params: { id } }));
    if (!workflow) return;
    const colour = colourOf(workflow);
    ledger.hold("saves", possible.has(colour), () => `${id} is ${colour}, not ${[...possible].join(" or ")}`);
  }

  async function run(workflow: Drawn): Promise<string | undefined> {
    const params = { id: workflow.id };
    const asked = { cluster: "prod", namespace: "soak", timeout_seconds: runSeconds };
    workflow.unheard += 1;
    const started = await heard(client.call(api.runWorkflow, { params, body: asked }), [409, 400]);
    if (!started) return undefined;
    const { latestVersion, unheard } = workflow;
    const isDense = started.version > latestVersion && started.version <= latestVersion + unheard;
    ledger.hold("versions", isDense, () => `${workflow.id}: ${started.version} after ${latestVersion}`);
    Object.assign(workflow, { latestVersion: started.version, unheard: 0 });
    return started.run_id;
  }

  async function judgeRuns({ id }: Drawn): Promise<void> {
    const listed = await heard(client.call(api.listRuns, { params: { id }, query: { limit: 5 } }));
    for (const { id: run_id, status, started_at } of listed?.runs ?? []) {
      const isLate =
        status === "running" && Date.now() - Date.parse(started_at) > runSeconds * 1_000 + graceMs;
      ledger.hold("runs", !isLate, () => `${run_id} has been running since ${started_at}`);
    }
  }

  async function knock(stranger: string): Promise<void> {
    const refused = client.call(api.getWorkflow, { params: { id: stranger } });
    const status = await refused
      .then(() => 200)
      .catch((error) => (error instanceof ApiError ? error.status : 0));
    if (status === 0 || status === 503) return;
    ledger.hold("strangers", status === 404, () => `${stranger} was answered to ${name} with ${status}`);
  }

  const deeds = { save, read, run, judgeRuns };
  const likely = ["save", "save", "read", "read", "read", "run", "judgeRuns"] as const;
  const follower = followStatuses(
    client,
    drawn.map(({ id }) => id),
  );

  return {
    ids: drawn.map(({ id }) => id),

    async live(until: AbortSignal, strangers: readonly string[]): Promise<void> {
      while (!until.aborted) {
        const workflow = drawn[dice.below(drawn.length)];
        if (workflow) await deeds[dice.pick(likely)](workflow);
        const stranger = strangers[dice.below(strangers.length)];
        if (stranger) await knock(stranger);
        await sleep(200 + dice.below(400));
      }
    },

    /** With nothing in the way any more: everything is saved, deployed and seen as it is. */
    async settle(): Promise<void> {
      for (const workflow of drawn) {
        await endedRun(client, workflow.id);
        await save(workflow);
        await read(workflow);
        await run(workflow);
        await judgeVerdict({ ledger, cluster }, workflow, await endedRun(client, workflow.id));
      }
      await follower.judge(ledger);
    },

    async leave(): Promise<void> {
      await follower.leave();
      await cluster.close();
    },
  };
}

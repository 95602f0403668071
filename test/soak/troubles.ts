import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { ServerUnderSoak } from "./server-under-soak.ts";

export interface Trouble {
  what: string;
  /** Whether the server is another process afterwards. */
  endsServer?: boolean;
  /** Fulfils when it is over. */
  strike(): Promise<void>;
}

const awhileMs = 15_000;

/** What is done to a server and its cluster, one at a time. */
export function troublesOf(server: ServerUnderSoak, { faults }: Sandbox): [Trouble, ...Trouble[]] {
  async function awhile(begin: () => void, end: () => void): Promise<void> {
    begin();
    await sleep(awhileMs);
    end();
  }
  const refused = (code: number) => () => {
    for (const method of ["GET", "POST", "PATCH", "DELETE"])
      faults.refuse(method, /./, code, "Away for a while");
  };

  return [
    { what: "the server is killed", endsServer: true, strike: server.kill },
    { what: "the server is stopped and started", endsServer: true, strike: server.stopAndStart },
    {
      what: "the server stands still for 15 s",
      strike: () => awhile(server.pause, server.resume),
    },
    { what: "the cluster answers 503 for 15 s", strike: () => awhile(refused(503), faults.relent) },
    { what: "the cluster answers 500 for 15 s", strike: () => awhile(refused(500), faults.relent) },
    {
      what: "the cluster refuses a third of all requests and cuts a tenth for 15 s",
      strike: () =>
        awhile(
          () => faults.rate(0.3, 0.1),
          () => faults.rate(0, 0),
        ),
    },
    {
      what: "the cluster takes 2 s an answer for 15 s",
      strike: () =>
        awhile(
          () => faults.latency(2_000),
          () => faults.latency(0),
        ),
    },
    { what: "all watches are cut", strike: async () => faults.cutWatches() },
    {
      what: "the cluster forgets its history, and all watches are cut",
      async strike() {
        faults.forgetHistory();
        faults.cutWatches();
      },
    },
  ];
}

import { setTimeout as sleep } from "node:timers/promises";
import { conclude, machine } from "./harness/results.ts";
import { type Crowd, startCrowd } from "./harness/streams.ts";

const clients = 1_000;
const rounds = 20;
const patienceMs = 10_000;

/** A thousand streams opened and closed twenty times: nothing of them is left in the server. */
export async function streams(): Promise<boolean> {
  const crowd = await startCrowd("product", clients);
  try {
    await crowd.leave();
    await settled(crowd);
    const { rssMb: firstMb } = await crowd.usage();
    for (let round = 1; round < rounds; round += 1) {
      await crowd.connect();
      await crowd.leave();
    }
    const left = await settled(crowd);
    const { rssMb } = await crowd.usage();
    return conclude({
      name: "streams",
      ...machine(),
      pairs: rounds,
      noisy: false,
      rows: [
        { variant: "after the first round", rss_mb: firstMb },
        { variant: "after the last", rss_mb: rssMb },
      ],
      counted: { "handles left": { value: left, expected: "0", ok: left === 0 } },
      verdicts: [],
    });
  } finally {
    await crowd.stop();
  }
}

/** How many handles there are more than before anybody came, once no more of them go. */
async function settled({ usage, handlesBefore }: Crowd): Promise<number> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const left = (await usage()).handles - handlesBefore;
    if (left <= 0 || performance.now() > until) return Math.max(0, left);
    await sleep(50);
  }
}

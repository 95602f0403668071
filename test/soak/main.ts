import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { diceFrom } from "./dice.ts";
import { createLedger } from "./invariants.ts";
import { judgeProcess, type Use } from "./judge-process.ts";
import { createPerson } from "./person.ts";
import { type ServerUnderSoak, startServerUnderSoak } from "./server-under-soak.ts";
import { type Trouble, troublesOf } from "./troubles.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
});
const minutes = numberOf("minutes", values.minutes, 1_440);
const seed = numberOf("seed", values.seed ?? String(Date.now() % 1_000_000), 2 ** 32);
const dice = diceFrom(seed);
const between = Math.min(120_000, minutes * 5_000);
const names = ["Ada", "Ben", "Cleo", "Dan"] as const;

say(`soak: ${minutes} minutes, seed ${seed}, something happens every ${between / 1_000} s`);
process.exitCode = (await soak()) ? 0 : 1;

async function soak(): Promise<boolean> {
  const ledger = createLedger();
  const sandbox = await startSandbox({ pace: 0.05 });
  const server = await startServerUnderSoak();
  const needs = { url: server.url, sandbox, dice, ledger };
  const people = await Promise.all(names.map((name) => createPerson(name, needs)));
  const over = AbortSignal.timeout(minutes * 60_000);
  const leaving = new AbortController();
  process.once("SIGINT", () => leaving.abort());
  const until = AbortSignal.any([over, leaving.signal]);
  const lives = people.map((person) =>
    person.live(
      until,
      people.flatMap((other) => (other === person ? [] : other.ids)),
    ),
  );
  const uses = await trouble(server, troublesOf(server, sandbox), until);
  await Promise.all(lives);
  say("soak: nothing happens any more, and everybody finishes");
  await Promise.all(people.map((person) => person.settle()));
  say(await judgeProcess(ledger, server, uses));
  await Promise.all(people.map((person) => person.leave()));
  await server.end();
  ledger.hold("cluster", sandbox.complaints.length === 0, () => sandbox.complaints.join("; "));
  ledger.hold("words", server.said.length === 0, () => server.said.join(""));
  await sandbox.stop();
  for (const line of ledger.lines()) say(line);
  return ledger.isWhole();
}

/** Strikes now and then. The server is ended in the first third only, so that what it uses can be compared later. */
async function trouble(
  server: ServerUnderSoak,
  troubles: [Trouble, ...Trouble[]],
  until: AbortSignal,
): Promise<Use[]> {
  const begun = Date.now();
  const uses: Use[] = [];
  const lasting = troubles.filter(({ endsServer }) => !endsServer) as [Trouble, ...Trouble[]];
  while (!until.aborted) {
    await sleep(between, undefined, { signal: until }).catch(() => undefined);
    if (until.aborted) break;
    const isEarly = Date.now() - begun < (minutes * 60_000) / 3;
    const use = isEarly ? undefined : await server.use();
    if (use) uses.push({ atMs: Date.now(), ...use });
    const { what, strike } = dice.pick(isEarly ? troubles : lasting);
    say(`${new Date().toISOString()} ${what}`);
    await strike();
  }
  return uses;
}

function numberOf(option: string, text: string, most: number): number {
  const number = Number(text);
  if (number > 0 && number <= most) return number;
  process.stderr.write(`--${option} has to be a number above 0, at most ${most}\n`);
  process.exit(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

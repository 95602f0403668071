import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { simulated } from "./simulated.ts";

interface Recorded {
  ask: string;
  type?: string;
  body?: unknown;
  status: number;
  says?: string;
}

const file = new URL("./recorded/answers.yaml", import.meta.url);
const recorded: Recorded[] = parse(readFileSync(file, "utf8"));

test("the sandbox answers as a real server was heard to answer, word for word", async () => {
  const { ask } = await simulated();
  expect(recorded.length).toBeGreaterThan(150);
  const answers: Recorded[] = [];
  for (const each of recorded) {
    const [method = "", path = ""] = each.ask.split(" ");
    const { status, body } = await ask(method, path, each.body, each.type);
    const { says: _, status: __, ...request } = each;
    answers.push({ ...request, status, ...(status >= 300 && { says: body.message }) });
  }
  expect(answers).toEqual(recorded);
});

import { expect, test } from "vitest";
import { countPlannedWrites } from "../support/planned-writes.ts";

const stories = 30;

test("a run writes exactly what its plan lists, and once more plans and writes nothing", async () => {
  const { told, refused, runs, writes } = await countPlannedWrites(stories, 11);
  const said = `${told} of ${stories} stories, ${runs} runs, ${writes} writes; refused: ${refused.join(" ")}`;
  expect(told, said).toBeGreaterThanOrEqual(stories * 0.7);
  expect(writes, said).toBeGreaterThan(stories * 3);
}, 600_000);

import { expect, test } from "vitest";
import { axeClean, openApp, screenshot } from "../support/browser.ts";
import { openCanvas } from "../support/canvas-page.ts";
import { deployByKeys, drawByKeys, reviewByKeys } from "../support/keyboard-story.ts";
import { listenTo, namesOnCanvas } from "../support/listener.ts";

const app = openApp();

test("5: what is read out from the first card to the last pill is as written down, and the focus is never lost", async () => {
  const canvas = await openCanvas(app, {}, { viewport: { width: 1920, height: 900 } });
  const { page } = canvas;
  const listener = await listenTo(page);
  const transcript: string[] = [];
  const writeDown = async (what: string) => {
    // How many become ready between two sentences is a matter of time; who does is not told twice.
    const said = await listener.said();
    const ready = said.filter((sentence) => sentence.startsWith("Ready: "));
    for (const sentence of ready) expect(sentence).toMatch(/^Ready: [a-z, ]+, [1-4] of 4$/);
    const names = ready.flatMap((sentence) => sentence.match(/[a-z]+(?=,)/g) ?? []);
    expect(new Set(names).size).toBe(names.length);
    const rest = said.filter((sentence) => !ready.includes(sentence));
    transcript.push(what, ...rest.map((sentence) => `  says: ${sentence}`));
    transcript.push(...(await namesOnCanvas(page, 4)), "");
    await screenshot(page, `words-${what.toLowerCase()}`);
  };
  await drawByKeys(canvas, { web: "nginx:1.29", job: "migrate:1" });
  await page.keyboard.press("0");
  await writeDown("Drawn");
  await reviewByKeys(page);
  await writeDown("Reviewed");
  await deployByKeys(page);
  await writeDown("Deployed");
  await expect(transcript.join("\n")).toMatchFileSnapshot("transcripts/keyboard-only.txt");
  expect(await listener.lost()).toEqual([]);
  await axeClean(page);
});

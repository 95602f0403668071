import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import { startChildServer } from "../support/child-server.ts";
import { runEnded, shopOfOne } from "../support/run-story.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

beforeAll(async () => {
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    logLevel: "error",
  });
}, 60_000);

test.skipIf(!existsSync(executablePath))(
  "somebody signs in, sees what is drawn and how it is doing, and the page breaks none of its own rules",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "orrery-web-"));
    const server = await startChildServer(folder, { SANDBOX: "on" });
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    onTestFinished(async () => {
      await browser.close();
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    });
    const person = { email: "ada@example.com", password: "correct horse", name: "Ada" };
    const { token } = await createClient({ baseUrl: server.url }).call(api.register, { body: person });
    const client = createClient({ baseUrl: server.url, token: () => token });
    const { id } = await client.call(api.createWorkflow, { body: { name: "Shop", ...shopOfOne() } });
    const { run_id } = await client.call(api.runWorkflow, { params: { id }, body: { cluster: "sandbox" } });
    await runEnded(client, { id }, run_id);

    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(server.url);
    await page.fill("input[name=email]", person.email);
    await page.fill("input[name=password]", person.password);
    await page.click("button[type=submit]");
    await page.getByText("Shop", { exact: true }).waitFor();
    await page.getByText("healthy").first().waitFor();
    expect(await page.locator(".card").count()).toBe(2);
    expect(complaints).toEqual([]);
  },
  60_000,
);

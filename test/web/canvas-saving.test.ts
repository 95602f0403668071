import { expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { api } from "../../src/contract/api.ts";
import { axeClean, openApp, password, screenshot } from "../support/browser.ts";
import { nodeAt, openCanvas, until } from "../support/canvas-page.ts";
import { openStory, shopDesign } from "../support/deploy-story.ts";

const app = openApp();
const nodes = [nodeAt("api", "deployment", 0, 0, { image: "api:1", replicas: 1 })];

test("13: different fields of one node merge with a notice, the same field is asked, and both end alike", async () => {
  const mine = await openCanvas(app, { nodes });
  const theirs = await openCanvas(app, { id: mine.id });
  for (const { card } of [mine, theirs]) await card("api").click();
  await mine.page.getByRole("textbox", { name: "Image" }).fill("api:2");
  await mine.savedAs({ nodes: [{ data: { image: "api:2" } }] });
  await theirs.page.getByRole("spinbutton", { name: "Replicas" }).fill("3");
  await theirs.savedAs({ nodes: [{ data: { image: "api:2", replicas: 3 } }] });
  await until(async () => {
    for (const { page } of [mine, theirs])
      expect(await page.getByRole("textbox", { name: "Image" }).inputValue()).toBe("api:2");
    expect(await mine.page.getByRole("spinbutton", { name: "Replicas" }).inputValue()).toBe("3");
  });
  await mine.page
    .getByText(/Somebody else changed/)
    .first()
    .waitFor();

  // Neither hears of the other before both have written.
  await mine.page.context().setOffline(true);
  await mine.page.getByRole("textbox", { name: "Image" }).fill("api:mine");
  await theirs.page.getByRole("textbox", { name: "Image" }).fill("api:theirs");
  await theirs.savedAs({ nodes: [{ data: { image: "api:theirs" } }] });
  await mine.page.getByText("Offline, kept on this device").waitFor();
  await mine.page.context().setOffline(false);
  const dialog = mine.page.getByRole("dialog", { name: "Somebody else changed the same" });
  await dialog.waitFor();
  await dialog.getByText("Theirs: api:theirs").waitFor();
  await axeClean(mine.page);
  await screenshot(mine.page, "canvas-merge");
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await mine.savedAs({ nodes: [{ data: { image: "api:mine", replicas: 3 } }] });
  await until(async () =>
    expect(await theirs.page.getByRole("textbox", { name: "Image" }).inputValue()).toBe("api:mine"),
  );
});

test("14: what is drawn without a network outlives the tab, and is saved once when there is one", async () => {
  const { page, client, id, surface, card } = await openCanvas(app, { nodes });
  const context = page.context();
  // All that the page needs is there before the network goes.
  await card("api").click();
  await page.getByRole("button", { name: "Actions" }).waitFor();
  await page.evaluate("document.fonts.ready");
  const { revision: before } = await client.call(api.getWorkflow, { params: { id } });
  await context.setOffline(true);
  await surface.focus();
  await page.keyboard.press("Home");
  for (let turn = 0; turn < 10; turn += 1) {
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  }
  await page.getByText("Offline, kept on this device").waitFor();
  // Closing would be held up as long as the device has not got all of it.
  const mayClose = "dispatchEvent(new Event('beforeunload', { cancelable: true }))";
  await until(async () => expect(await page.evaluate(mayClose)).toBe(true));
  // A tab that is closed may have its network back a moment before it is gone.
  await page.goto("about:blank");
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`/workflows/${id}`);
  await until(async () => {
    const { nodes: stored, revision } = await client.call(api.getWorkflow, { params: { id } });
    expect(stored.map(({ position }) => position)).toEqual([{ x: 0, y: 80 }]);
    expect(revision).toBe(before + 1);
  });
  await again.locator("[data-canvas]").focus();
  for (let turn = 0; turn < 10; turn += 1) await again.keyboard.press("Control+z");
  await until(async () => {
    const { nodes: stored } = await client.call(api.getWorkflow, { params: { id } });
    expect(stored.map(({ position }) => position)).toEqual([{ x: 0, y: 0 }]);
  });
});

test("14: what was saved without the tab hearing of it can still be undone in the next one", async () => {
  const { page, client, id, surface } = await openCanvas(app, { nodes });
  const context = page.context();
  let isSaved = false;
  // Nor is it told so by what it would read again once the server has news of the drawing.
  await page.route("**/v1/**", async (route) => {
    const isFirst = route.request().url().endsWith("/save") && !isSaved;
    isSaved ||= isFirst;
    if (isFirst) await route.fetch();
    await route.abort();
  });
  const places = async () => {
    const { nodes: stored } = await client.call(api.getWorkflow, { params: { id } });
    return stored.map(({ position }) => position);
  };
  await surface.focus();
  for (const key of ["Home", "m", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await until(async () => expect(await places()).toEqual([{ x: 0, y: 8 }]));
  await page.getByText("Offline, kept on this device").waitFor();
  await page.goto("about:blank");
  await page.close();
  const again = await context.newPage();
  await again.goto(`/workflows/${id}`);
  await again.locator("[data-canvas]").focus();
  await again.keyboard.press("Control+z");
  await until(async () => expect(await places()).toEqual([{ x: 0, y: 0 }]));
});

test("12: what was drawn before the session ended is saved after signing in over it, and can be undone", async () => {
  const { page, client, user, id, surface, card } = await openCanvas(app, { nodes }, {}, "Grace");
  await card("api").waitFor();
  await page.route("**/save", (route) => route.abort());
  await surface.focus();
  for (const key of ["Home", "m", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await page.getByText("Offline, kept on this device").waitFor();
  await client.call(api.logOut, {});
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.waitFor();
  await page.unroute("**/save");
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  const { token } = await createClient({ baseUrl: app.url }).call(api.logIn, {
    body: { email: user.email, password },
  });
  const again = createClient({ baseUrl: app.url, token: () => token });
  const isAt = (y: number) =>
    until(async () => {
      const { nodes: stored } = await again.call(api.getWorkflow, { params: { id } });
      expect(stored.map(({ position }) => position)).toEqual([{ x: 0, y }]);
    });
  await isAt(8);
  await surface.focus();
  await page.keyboard.press("Control+z");
  await isAt(0);
});

test("14: what is deployed is not called healthy while nothing is heard of it", async () => {
  const { page, id, deployed } = await openStory(app, shopDesign());
  await deployed();
  await page.goto(`/workflows/${id}`);
  const card = page.locator("#card-api");
  const isCalled = (words: RegExp) =>
    until(async () => expect(await card.getAttribute("aria-label")).toMatch(words));
  await isCalled(/, healthy/);
  await page.context().setOffline(true);
  await isCalled(/, unknown since /);
  await page.context().setOffline(false);
  await isCalled(/, healthy/);
});

test("what somebody else saved while one was elsewhere is there on coming back", async () => {
  const { page, client, id, card } = await openCanvas(app, { nodes });
  await card("api").click();
  const image = page.getByRole("textbox", { name: "Image" });
  await image.waitFor();
  await page.getByRole("link", { name: "Workflows", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
  const theirs = [nodeAt("api", "deployment", 0, 0, { image: "api:theirs", replicas: 1 })];
  await client.call(api.saveWorkflow, { params: { id }, body: { nodes: theirs, edges: [] } });
  await page.goBack();
  await until(async () => expect(await image.inputValue()).toBe("api:theirs"));
});

test("an archived workflow takes no key, drag, paste or delete, and says why, until it is unarchived", async () => {
  const person = await app.person();
  const { id } = await person.client.call(api.createWorkflow, { body: { name: "Old", nodes } });
  await person.client.call(api.setWorkflowStatus, {
    params: { id },
    body: { status: "archived", cleanup: false },
  });
  const { page, surface, card, said, saved } = await openCanvas(app, { id });
  await card("api").click();
  for (const key of ["a", "m", "Delete", "F2", "Control+d", "t"]) {
    await surface.focus();
    await page.keyboard.press(key);
    await until(async () => expect(await said()).toBe("This workflow is archived. Unarchive it to edit."));
  }
  const box = await card("api").boundingBox();
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 120, (box?.y ?? 0) + 120, { steps: 5 });
  await page.mouse.up();
  expect(await saved()).toMatchObject({ nodes });
  expect(await page.getByRole("dialog").count()).toBe(0);
  await axeClean(page);
  await screenshot(page, "canvas-archived");
  await page.getByRole("button", { name: "Unarchive to edit" }).click();
  await page.getByRole("button", { name: "Review" }).waitFor();
  await surface.focus();
  await page.keyboard.press("Delete");
  await until(async () => expect((await saved()).nodes).toEqual([]));
});

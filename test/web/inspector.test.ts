import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { axeCleanInBothThemes, openApp } from "../support/browser.ts";
import { until } from "../support/canvas-page.ts";
import { nodeOf } from "../support/compile-one.ts";
import { openNode } from "../support/inspector.ts";

const app = openApp();
const drawing = (node: ReturnType<typeof nodeOf>) => ({ nodes: [node], edges: [] });

const group = (inspector: Locator, name: string) => inspector.getByRole("group", { name, exact: true });
const fold = (inspector: Locator, name: string) =>
  inspector.getByRole("button", { name, exact: true }).first().click();

test("what is filled in in a form is what is saved, whatever it is filled in with", async () => {
  const { page, inspector, saved } = await openNode(
    app,
    drawing(nodeOf("n1", "deployment", { name: "api" })),
    {
      node: "n1",
    },
  );
  // Text, image, number and port.
  await inspector.getByLabel("Name", { exact: true }).fill("shop-api");
  await inspector.getByLabel("Image", { exact: true }).fill("ghcr.io/acme/api:2.5.0");
  await inspector.getByLabel("Replicas", { exact: true }).fill("3");
  await inspector.getByLabel("Port", { exact: true }).fill("8080");
  // Variables: one by one, from a key, and a whole file.
  const environment = group(inspector, "Environment");
  await environment.getByRole("button", { name: "Add variable" }).click();
  await environment.getByLabel("Name of variable 1", { exact: true }).fill("LOG_LEVEL");
  await environment.getByLabel("Value of LOG_LEVEL").fill("info, or more");
  await environment.getByRole("button", { name: "Add variable" }).click();
  await environment.getByLabel("Name of variable 2", { exact: true }).fill("DB_PASSWORD");
  await environment.getByLabel("Where DB_PASSWORD comes from").selectOption("secretKeyRef");
  await environment.getByLabel("Object DB_PASSWORD comes from").fill("db");
  await environment.getByLabel("Key DB_PASSWORD comes from").fill("password");
  await environment.getByRole("button", { name: "Paste .env" }).click();
  await environment
    .getByLabel("Contents of a .env file")
    .fill("# more\nGREETING='hello, world'\nLOG_LEVEL=debug\n");
  await environment.getByRole("button", { name: "Take over 2" }).click();
  // Amounts with units, typed whole or in parts.
  await inspector.getByLabel("CPU, requests", { exact: true }).fill("250");
  await inspector.getByLabel("Memory, limits", { exact: true }).fill("1Gi");
  await saved((data) =>
    expect(data).toEqual({
      name: "shop-api",
      image: "ghcr.io/acme/api:2.5.0",
      replicas: 3,
      port: 8080,
      env: {
        LOG_LEVEL: "debug",
        DB_PASSWORD: { valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
        GREETING: "hello, world",
      },
      resources: { requests: { cpu: "250m" }, limits: { memory: "1Gi" } },
    }),
  );
  await axeCleanInBothThemes(page);
});

test("what is folded away is filled in just as well", async () => {
  const node = nodeOf("n1", "deployment", { name: "api", image: "i" });
  const { page, inspector, saved } = await openNode(app, drawing(node), { node: "n1" });
  await fold(inspector, "Container");
  // One row for each argument.
  const args = group(inspector, "Arguments");
  await args.getByRole("button", { name: "Add argument" }).click();
  await args.getByLabel("Arguments 1", { exact: true }).fill("--greeting");
  await args.getByRole("button", { name: "Add argument" }).click();
  await args.getByLabel("Arguments 2", { exact: true }).fill("hello, world");
  await args.getByRole("button", { name: "Move argument 2 up" }).click();
  // A choice, and a list of things.
  await inspector.getByLabel("Image pull policy", { exact: true }).selectOption("Always");
  const ports = group(inspector, "Ports");
  await ports.getByRole("button", { name: "Add port" }).click();
  await ports.getByLabel("Port", { exact: true }).fill("9090");
  await ports.getByLabel("Port name", { exact: true }).fill("metrics");
  // What no widget fits.
  await inspector
    .getByLabel("Lifecycle", { exact: true })
    .fill("preStop:\n  exec:\n    command: [sleep, '5']\n");
  await fold(inspector, "Environment");
  const from = group(inspector, "Environment from");
  await from.getByRole("button", { name: "Add source" }).click();
  await from.getByLabel("Kind of source 1", { exact: true }).selectOption("secret");
  await from.getByLabel("Name of source 1", { exact: true }).fill("all-keys");
  await from.getByLabel("Prefix of source 1", { exact: true }).fill("APP_");
  await fold(inspector, "Health checks");
  const probe = group(inspector, "Readiness probe");
  await probe.getByLabel("How readiness probe asks").selectOption("tcpSocket");
  await probe.getByLabel("Port", { exact: true }).fill("8080");
  await probe.getByLabel("Every", { exact: true }).fill("7");
  await fold(inspector, "Rollout");
  await inspector.getByLabel("Strategy", { exact: true }).selectOption("Recreate");
  await inspector.getByRole("switch", { name: "Paused" }).click();
  await fold(inspector, "Security");
  const pull = group(inspector, "Image pull secrets");
  await pull.getByRole("button", { name: "Add name" }).click();
  await pull.getByLabel("Image pull secrets 1", { exact: true }).fill("ghcr");
  await fold(inspector, "Labels");
  const labels = group(inspector, "Pod labels");
  await labels.getByRole("button", { name: "Add label" }).click();
  await labels.getByLabel("Name 1 of pod labels", { exact: true }).fill("tier");
  await labels.getByLabel("Value 1 of pod labels", { exact: true }).fill("backend");
  await saved((data) =>
    expect(data).toEqual({
      name: "api",
      image: "i",
      args: ["hello, world", "--greeting"],
      imagePullPolicy: "Always",
      ports: [{ containerPort: 9090, name: "metrics" }],
      lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } },
      envFrom: [{ type: "secret", name: "all-keys", prefix: "APP_" }],
      readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 7 },
      strategy: "Recreate",
      paused: true,
      imagePullSecrets: ["ghcr"],
      podLabels: { tier: "backend" },
    }),
  );
  await axeCleanInBothThemes(page);
});

test("other kinds have widgets of their own", async () => {
  const nodes = [
    nodeOf("cron", "cronjob", { name: "report", image: "i", schedule: "" }),
    nodeOf("map", "configmap", { name: "settings" }),
    nodeOf("claim", "persistentvolumeclaim", { name: "data" }),
    nodeOf("door", "ingress", { name: "door", serviceName: "x", servicePort: 80 }),
  ];
  const { page, inspector, client, id } = await openNode(app, { nodes, edges: [] }, { node: "cron" });
  const dataOf = async (nodeId: string) => {
    const { api } = await import("../../src/contract/api.ts");
    const workflow = await client.call(api.getWorkflow, { params: { id } });
    return workflow.nodes.find((each) => each.id === nodeId)?.data;
  };
  await inspector.getByLabel("Schedule", { exact: true }).fill("0 6 * * 1");
  await inspector.getByText("06:00").first().waitFor();
  expect(
    await inspector
      .getByRole("listitem")
      .filter({ hasText: /Mon, .* 06:00/ })
      .count(),
  ).toBe(3);
  await until(async () => expect(await dataOf("cron")).toMatchObject({ schedule: "0 6 * * 1" }));

  await page.goto(`/workflows/${id}?node=map`);
  const data = group(inspector, "Data");
  await data.getByRole("button", { name: "Add key" }).click();
  await data.getByLabel("Key 1", { exact: true }).fill("rules.yaml");
  await data.getByLabel("Text of rules.yaml").fill("- a: 1\n- b: 2\n");
  await until(async () =>
    expect(await dataOf("map")).toMatchObject({ data: { "rules.yaml": "- a: 1\n- b: 2\n" } }),
  );

  await page.goto(`/workflows/${id}?node=claim`);
  await inspector.getByLabel("Storage", { exact: true }).fill("20");
  await inspector.getByLabel("Unit of Storage").selectOption("Gi");
  await fold(inspector, "Volume");
  await inspector.getByLabel("ReadWriteMany").check();
  await inspector.getByLabel("ReadWriteOnce", { exact: true }).uncheck();
  await until(async () =>
    expect(await dataOf("claim")).toMatchObject({ storage: "20Gi", accessModes: ["ReadWriteMany"] }),
  );

  await page.goto(`/workflows/${id}?node=door`);
  await inspector.getByLabel("Host", { exact: true }).fill("shop.example.com");
  await until(async () => expect(await dataOf("door")).toMatchObject({ host: "shop.example.com" }));
});

test("several nodes are changed together, and it is said where they differ", async () => {
  const nodes = [
    nodeOf("a", "deployment", { name: "a", image: "i:1" }),
    nodeOf("b", "job", { name: "b", image: "i:2" }),
  ];
  const { page, inspector, saved } = await openNode(app, { nodes, edges: [] }, { node: "a" });
  await page.locator("[data-canvas]").focus();
  await page.keyboard.press("Control+a");
  await inspector.getByRole("heading", { name: "2 nodes" }).waitFor();
  expect(await inspector.getByLabel("Image", { exact: true }).getAttribute("placeholder")).toBe("mixed");
  expect(await inspector.getByLabel("Replicas", { exact: true }).count()).toBe(0);
  await inspector.getByLabel("Image", { exact: true }).fill("i:3");
  await saved((data) => expect(data).toMatchObject({ name: "a", image: "i:3" }));
  await axeCleanInBothThemes(page);
});

test("what is wrong is said at its field, walked with F8, and put right where a way is known", async () => {
  const resources = { requests: { memory: "256Mi" }, limits: { memory: "128Mi" } };
  const nodes = [
    nodeOf("a", "deployment", { name: "a", image: "i", resources }),
    nodeOf("b", "cronjob", { name: "b", image: "i", schedule: "never" }),
  ];
  const { page, inspector, saved } = await openNode(app, { nodes, edges: [] }, { node: "a" });
  await inspector.getByText("is above its limit").waitFor();
  await inspector.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("F8");
  await page.keyboard.press("F8");
  await inspector.getByRole("heading", { name: "b" }).waitFor();
  await until(async () => expect(await page.evaluate("document.activeElement.value")).toBe("never"));
  await page.keyboard.press("Shift+F8");
  await inspector.getByRole("heading", { name: "a" }).waitFor();
  await inspector.getByRole("tab", { name: /Problems/ }).click();
  await axeCleanInBothThemes(page);
  await inspector.getByRole("button", { name: "Raise the limit to 256Mi" }).click();
  await saved((data) => expect(data.resources).toEqual({ ...resources, limits: { memory: "256Mi" } }));
  await inspector.getByText("Nothing is wrong here").waitFor();
});

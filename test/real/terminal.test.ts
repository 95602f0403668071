import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { prepareTerminal, type Terminal } from "../support/terminal.ts";

const megabyte = 1_048_576;

/** Characters of one to four bytes, in no order that a decoder could guess; none that a terminal treats as its own. */
function randomText(bytes: number): string {
  const ranges = [
    [0x20, 0x7e],
    [0xa0, 0x7ff],
    [0x800, 0xd7ff],
    [0x1_f300, 0x1_f9ff],
  ] as const;
  let text = "";
  let left = bytes;
  while (left > 0) {
    const [from, to] = ranges[randomInt(ranges.length)] ?? ranges[0];
    const character = String.fromCodePoint(randomInt(from, to));
    left -= Buffer.byteLength(character);
    text += character;
  }
  return text;
}

/** In pieces that fit into a frame, wherever that cuts the text; never within a character, which JSON could not carry. */
function* pieces(text: string): Generator<string> {
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at += 5_000) yield characters.slice(at, at + 5_000).join("");
}

async function raw(terminal: Terminal, command: string): Promise<void> {
  await terminal.metadata();
  terminal.type(`stty raw -echo; echo rea""dy; ${command}\n`);
  await terminal.shows(/ready\n/);
  terminal.clear();
}

test("a megabyte of random UTF-8 comes back as it was typed", async () => {
  const { open } = await prepareTerminal();
  const terminal = await open();
  await raw(terminal, "cat");
  const text = randomText(megabyte);
  for (const piece of pieces(text)) terminal.type(piece);
  await eventually(() => terminal.text().length >= text.length || undefined, 60_000);
  expect(terminal.text() === text).toBe(true);
});

test("every byte arrives: text as UTF-8, and what is no text as base64", async () => {
  const { open } = await prepareTerminal();
  const terminal = await open();
  await raw(terminal, "head -c 512 | od -v -An -tx1");
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  // As text each of these 256 characters is what it is, the upper half in two bytes.
  const text = bytes.toString("latin1");
  terminal.type(text.slice(0, 128));
  terminal.type(text.slice(128, 192));
  terminal.send({ type: "input", encoding: "base64", data: bytes.toString("base64") });
  const sent = Buffer.concat([Buffer.from(text.slice(0, 192)), bytes]);
  const [shown] = await terminal.shows(/(\s*[0-9a-f]{2}){512}/);
  expect(shown.replace(/\s+/g, "")).toBe(sent.toString("hex"));
});

// Each against a line typed into a terminal without a flood, as a machine with much to do is late with both.
test.each(["read", "left unread"])("Ctrl-C arrives within 500 ms under a flood that is %s", async (how) => {
  const { open } = await prepareTerminal();
  const [flooded, looking] = [await open(), await open()];
  await flooded.metadata();
  await looking.metadata();
  const floods = "for n in 1 2 3; do yes flood; cut -d' ' -f1 /proc/uptime > /dev/shm/over$n; done";
  flooded.type(`sh -c "trap : INT; ${floods.replaceAll("$", "\\$")}; echo o''ver"\n`);
  await eventually(() => flooded.length() > megabyte || undefined, 30_000);
  if (how !== "read") flooded.socket.pause();
  const late: number[] = [];
  for (const n of [1, 2, 3]) {
    await eventually(() => isFlooded(looking, how), 60_000);
    looking.clear();
    flooded.type("\x03");
    looking.type(
      `cut -d' ' -f1 /proc/uptime > /dev/shm/typed; until [ -s /dev/shm/over${n} ]; do sleep 1; done\n`,
    );
    looking.type(`echo ov''er $(cat /dev/shm/typed /dev/shm/over${n})\n`);
    const [, typedAt, overAt] = await looking.shows(/over (\d+\.\d+) (\d+\.\d+)/, 30_000);
    late.push(Number(overAt) - Number(typedAt));
  }
  const median = late.toSorted((a, b) => a - b)[1];
  expect(median, late.join()).toBeLessThan(0.5);
  flooded.socket.resume();
  await flooded.shows(/over\r\n/, 60_000);
});

/** That `yes` writes; or, where nobody reads, that everything on the way is full and it has to wait. */
async function isFlooded(looking: Terminal, how: string): Promise<true | undefined> {
  looking.clear();
  const written = "grep wchar /proc/$(pidof yes)/io";
  looking.type(`${written}; sleep 0.3; ${written}; echo lo''oked\n`);
  const [, before, after] = await looking.shows(/(?:wchar: (\d+)\s+wchar: (\d+)\s+|No such[\s\S]*)looked/);
  return (before !== undefined && (how === "read" ? before !== after : before === after)) || undefined;
}

test("the shell sees what size its terminal has", async () => {
  const { open } = await prepareTerminal();
  const terminal = await open();
  await terminal.metadata();
  terminal.type("stty size\n");
  await terminal.shows(/24 80\r\n/);
  terminal.send({ type: "resize", rows: 50, cols: 132 });
  terminal.type("stty size\n");
  await terminal.shows(/50 132\r\n/);
});

test("an image without a shell says so, and a debug container beside it brings one", async () => {
  const { open, cluster, podPath } = await prepareTerminal({ images: { app: "" } });
  const refused = await open();
  expect(await refused.last()).toMatchObject({ type: "error", data: expect.stringContaining("no shell") });
  const terminal = await open({ debug: "true" });
  expect(await terminal.metadata()).toMatchObject({
    pod: "box",
    container: /^orrery-debug-/,
    shell: "/bin/sh",
  });
  terminal.type("tr '\\0' ' ' < /proc/1/cmdline; echo do''ne\n");
  await terminal.shows(/\/app[\s\S]*done/);
  terminal.socket.close();
  await eventually(async () => {
    const { status } = (await cluster.api("GET", podPath)) as {
      status: { ephemeralContainerStatuses: { state: { terminated?: object } }[] };
    };
    return status.ephemeralContainerStatuses.every(({ state }) => state.terminated) || undefined;
  }, 20_000);
});

test("when a terminal is closed, nothing of it goes on in the pod", async () => {
  const { open } = await prepareTerminal();
  const [left, looking] = [await open(), await open()];
  await left.metadata();
  await looking.metadata();
  left.type("sleep 1234 & sleep 2345\n");
  const processes = async () => {
    looking.clear();
    looking.type("ps; echo lis''ted\n");
    return (await looking.shows(/COMMAND([\s\S]*)listed/))[1] ?? "";
  };
  await eventually(async () => /sleep 1234[\s\S]*sleep 2345/.test(await processes()) || undefined, 20_000);
  left.socket.terminate();
  // Of the shells that is left which looks.
  const isAlone = (all: string) =>
    !/sleep (1234|2345)/.test(all) && all.match(/ 0 +\/bin\/sh\r?$/gm)?.length === 1;
  await eventually(async () => isAlone(await processes()) || undefined, 20_000);
});

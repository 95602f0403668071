import type { Page } from "playwright-core";
import type { Dice } from "../soak/dice.ts";
import { type CanvasPage, drag, until } from "./canvas-page.ts";

/** A card that a pointer can get at. */
interface Seen {
  id: string;
  told: string;
  x: number;
  y: number;
  right: number;
}

interface Hand {
  canvas: CanvasPage;
  dice: Dice;
  page: Page;
  /** What can be got at now. */
  seen: [Seen, ...Seen[]];
}

type Gesture = (hand: Hand) => Promise<void>;

/** So many cards, and no more are added: with many more they would be drawn too small to be taken hold of. */
const most = 14;

/** What somebody does on a canvas without much thought: one thing of many, by pointer or by keys. Answers what it was. */
export async function gesture(canvas: CanvasPage, dice: Dice): Promise<string> {
  const { page } = canvas;
  await letGo(canvas);
  const [first, ...others] = await cardsSeen(page);
  if (!first) {
    await add({ canvas, dice, page, seen: [nowhere] });
    return "add";
  }
  const isFull = others.length + 1 >= most;
  const [name, act] = dice.pick(isFull ? changing : all);
  await act({ canvas, dice, page, seen: [first, ...others] });
  return name;
}

const nowhere = { id: "", told: "", x: 0, y: 0, right: 0 };

/** The canvas as it is when nothing has been begun, with everything in sight. */
async function letGo({ page, surface }: CanvasPage): Promise<void> {
  await page.keyboard.press("Escape");
  await surface.focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("0");
}

function cardsSeen(page: Page): Promise<Seen[]> {
  return page.evaluate<Seen[]>(`
    [...document.querySelectorAll("[id^=card-]")].flatMap((card) => {
      const { x: left, y: top, width, height, right } = card.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const told = card.getAttribute("aria-label") ?? "";
      return card.contains(document.elementFromPoint(x, y)) ? [{ id: card.id.slice(5), told, x, y, right }] : [];
    })`);
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes to some card by keys. */
async function choose({ page, dice }: Hand): Promise<void> {
  await press(page, dice.pick(["Home", "End"]));
  for (let steps = dice.below(4); steps > 0; steps -= 1) await press(page, someArrow(dice));
}

const someArrow = (dice: Dice) => dice.pick(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]);
const someWord = (dice: Dice) => dice.pick(["api", "web", "shop", "mail", "queue", "ledger"]);

async function dragTo({ page, dice, seen }: Hand): Promise<void> {
  const { x, y } = dice.pick(seen);
  await drag(page, { x, y }, { x: x + dice.below(240) - 120, y: y + dice.below(240) - 120 });
}

async function dragAll(hand: Hand): Promise<void> {
  await press(hand.page, "Control+a");
  await dragTo(hand);
}

async function connectByPointer({ page, dice, seen }: Hand): Promise<void> {
  const [from, to] = [dice.pick(seen), dice.pick(seen)];
  await drag(page, { x: from.right, y: from.y }, { x: to.x, y: to.y });
}

async function moveByKeys(hand: Hand): Promise<void> {
  const { page, dice } = hand;
  await choose(hand);
  await press(page, "m");
  for (let steps = dice.below(5); steps > 0; steps -= 1)
    await press(page, `${dice.pick(["", "Shift+"])}${someArrow(dice)}`);
  await press(page, dice.pick(["Enter", "Enter", "Enter", "Escape", "Control+z"]));
}

async function remove(hand: Hand): Promise<void> {
  await choose(hand);
  await press(hand.page, hand.dice.pick(["Delete", "Backspace"]));
}

async function duplicate(hand: Hand): Promise<void> {
  await choose(hand);
  await press(hand.page, "Control+d");
}

async function cutAndPaste(hand: Hand): Promise<void> {
  await choose(hand);
  await press(hand.page, hand.dice.pick(["Control+c", "Control+x"]), "Control+v");
}

async function rename(hand: Hand): Promise<void> {
  const { page } = hand;
  await choose(hand);
  await press(page, "F2");
  const box = page.getByRole("textbox", { name: "Name", exact: true });
  await page.getByRole("dialog").waitFor();
  await box.fill(`${someWord(hand.dice)}-${hand.dice.below(90)}`);
  await press(page, "Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function group(hand: Hand): Promise<void> {
  const { page } = hand;
  await choose(hand);
  await press(page, "Control+g");
  await page.getByRole("dialog").waitFor();
  await press(page, "Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function connectByKeys(hand: Hand): Promise<void> {
  const { page, seen } = hand;
  if (seen.length < 2) return;
  await choose(hand);
  await press(page, "c");
  await page.getByRole("combobox", { name: "Node to connect to" }).waitFor();
  for (let steps = hand.dice.below(seen.length); steps > 0; steps -= 1) await press(page, "ArrowDown");
  await press(page, "Enter");
}

async function add({ page, dice, canvas }: Hand): Promise<void> {
  await press(page, "a");
  await page.getByRole("combobox", { name: "Kind of node" }).waitFor();
  const kind = dice.pick(["deployment", "service", "ingress", "configmap", "job", "statefulset", "secret"]);
  await page.keyboard.type(`${kind} ${someWord(dice)}`);
  await press(page, "Enter");
  await until(async () => {
    if (!/^Added /.test(await canvas.said())) throw new Error("Nothing was added");
  });
}

async function tidy({ page, dice, canvas }: Hand): Promise<void> {
  await press(page, "Control+a", "t");
  await until(async () => {
    if (!/would move|is tidy/.test(await canvas.said())) throw new Error("Nothing was proposed");
  });
  await press(page, dice.pick(["Enter", "Escape"]));
}

async function fillIn({ page, dice, seen }: Hand): Promise<void> {
  const workload = seen.find(({ told }) => /, (Deployment|StatefulSet|Job)/.test(told));
  if (!workload) return;
  await page.mouse.click(workload.x, workload.y);
  const image = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Image", { exact: true });
  await image.fill(`acme/${someWord(dice)}:${dice.below(90)}`);
}

async function goBack({ page, dice }: Hand): Promise<void> {
  for (let steps = dice.below(5); steps >= 0; steps -= 1) await press(page, "Control+z");
  for (let steps = dice.below(4); steps > 0; steps -= 1)
    await press(page, dice.pick(["Control+y", "Control+Shift+z"]));
}

const changing: [[string, Gesture], ...[string, Gesture][]] = [
  ["drag", dragTo],
  ["drag all", dragAll],
  ["connect by pointer", connectByPointer],
  ["connect by keys", connectByKeys],
  ["move by keys", moveByKeys],
  ["remove", remove],
  ["rename", rename],
  ["group", group],
  ["tidy", tidy],
  ["fill in", fillIn],
  ["go back", goBack],
];
const all: typeof changing = [
  ...changing,
  ["add", add],
  ["add", add],
  ["duplicate", duplicate],
  ["cut and paste", cutAndPaste],
];

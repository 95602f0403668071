// Loaded into the page before the app: what has to be done and timed there, frame by frame. Plain JavaScript, as the
// browser takes it.

/** @param {number} ms @param {((frame: number) => void) | undefined} act */
async function frames(ms, act) {
  /** @type {number[]} */
  const took = [];
  const begun = await frame();
  for (let last = begun; last - begun < ms; ) {
    await turnEnded();
    act?.(took.length);
    const now = await frame();
    took.push(now - last);
    last = now;
  }
  return took;
}

/** @returns {Promise<number>} */
const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));

/** After a frame: what is done there is drawn in the next, as with somebody's own hand. @returns {Promise<number>} */
const turnEnded = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(undefined);
  });

/** When what was done last is on the screen. */
const painted = () => frame().then(turnEnded);

/** @param {() => unknown} isSo */
async function until(isSo) {
  while (!isSo()) await frame();
  return painted();
}

/** @param {string} selector @returns {HTMLElement} */
function found(selector) {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}`);
  return element;
}

/** @param {Element} element */
function middleOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2 };
}

const pane = () => found(".react-flow__pane");

/** @param {WheelEventInit} by */
function wheel(by) {
  pane().dispatchEvent(
    new WheelEvent("wheel", { ...middleOf(pane()), bubbles: true, cancelable: true, ...by }),
  );
}

/** There and back again. @param {number} index */
const turn = (index) => (index % 60 < 30 ? 1 : -1);

/** @param {number} index */
const pan = (index) => wheel({ deltaX: 16 * turn(index), deltaY: 8 * turn(index) });

/** One step of the wheel zooms by 2 to the power of -0.002 for each pixel. */
const zoomPower = 0.002;

const zoom = () => new DOMMatrix(getComputedStyle(found(".react-flow__viewport")).transform).a;

/** @param {number} wanted */
function zoomTo(wanted) {
  wheel({ deltaY: -Math.log2(wanted / zoom()) / zoomPower, ctrlKey: true });
}

/** The card nearest to the middle of the canvas. */
function card() {
  const middle = middleOf(pane());
  /** @param {Element} element */
  const farOf = (element) => {
    const { clientX, clientY } = middleOf(element);
    return Math.hypot(clientX - middle.clientX, clientY - middle.clientY);
  };
  const [nearest] = [...document.querySelectorAll(".react-flow__node-card")].sort(
    (a, b) => farOf(a) - farOf(b),
  );
  if (!nearest) throw new Error("There is no card");
  return nearest;
}

/** Drags a card in a circle for so long. @param {number} ms */
async function drag(ms) {
  const held = card();
  const { clientX, clientY } = middleOf(held);
  /** @param {string} type @param {Element | Window} target @param {{x: number, y: number}} by */
  const mouse = (type, target, { x, y }) =>
    target.dispatchEvent(
      new MouseEvent(type, {
        ...{ clientX: clientX + x, clientY: clientY + y, bubbles: true, cancelable: true },
        ...{ view: window, button: 0, buttons: type === "mouseup" ? 0 : 1 },
      }),
    );
  mouse("mousedown", held, { x: 0, y: 0 });
  const took = await frames(ms, (index) => {
    const angle = index / 20;
    mouse("mousemove", window, { x: 120 * Math.sin(angle), y: 120 * (1 - Math.cos(angle)) });
  });
  const moved = middleOf(held);
  mouse("mouseup", window, { x: 0, y: 0 });
  if (Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < 1)
    throw new Error("No card was dragged");
  return took;
}

/** Changes the zoom and waits until cards have come, or are gone. @param {number} wanted */
async function zoomed(wanted) {
  const begun = performance.now();
  const isFar = wanted < 0.3;
  zoomTo(wanted);
  return (await until(() => (document.querySelector("article") === null) === isFar)) - begun;
}

const places = () =>
  new Map(
    [...document.querySelectorAll(".react-flow__node")].map((node) => [node, node.getBoundingClientRect()]),
  );

/** How far cards move at most, while nobody touches them, until that is so. @param {() => unknown} isSo */
async function movement(isSo) {
  const before = places();
  let most = 0;
  while (!isSo()) {
    await frame();
    for (const [node, { x, y }] of places()) {
      const was = before.get(node);
      most = Math.max(most, was ? Math.hypot(x - was.x, y - was.y) : Number.POSITIVE_INFINITY);
    }
  }
  return { most, cards: before.size };
}

/** Goes to one of the places in the rail, and says how long it took until its page was there. @param {string} label */
async function goTo(label) {
  const link = [...document.querySelectorAll("nav a")].find(
    ({ textContent }) => textContent?.trim() === label,
  );
  if (!(link instanceof HTMLElement)) throw new Error(`There is no way to ${label}`);
  const begun = performance.now();
  link.click();
  const isThere = () => document.querySelector("main h1")?.textContent === label;
  return (await until(isThere)) - begun;
}

/**
 * A log from its first row to its last: of each its place, the number that its line says, or how many it says are missing.
 * @returns {Promise<{ top: number, line: number, missed: number }[]>}
 */
async function readLog() {
  const log = found("[role=log]");
  /** @type {Map<number, { top: number, line: number, missed: number }>} */
  const rows = new Map();
  for (let from = 0; from < log.scrollHeight; from += log.clientHeight) {
    log.scrollTop = from;
    await frame();
    await frame();
    for (const row of log.querySelectorAll('div[style*="top"]')) {
      const top = Number.parseFloat(/** @type {HTMLElement} */ (row).style.top);
      const said = row.lastElementChild?.textContent ?? "";
      rows.set(top, {
        top,
        line: numberIn(/^line (\d+)/, said),
        missed: numberIn(/^([\d,]+) lines? .*missed/, said),
      });
    }
  }
  return [...rows.values()].sort((a, b) => a.top - b.top);
}

/** @param {RegExp} pattern @param {string} text */
const numberIn = (pattern, text) => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? 0);

/** @type {number[]} */
const keys = [];
addEventListener("keydown", ({ timeStamp }) => void painted().then((at) => keys.push(at - timeStamp)), true);

/** How long each key or click took to show, by its number. @type {Map<number, number>} */
const interactions = new Map();
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { interactionId, duration } = /** @type {PerformanceEventTiming & { interactionId: number }} */ (
      entry
    );
    if (interactionId)
      interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
  }
}).observe(/** @type {PerformanceObserverInit} */ ({ type: "event", durationThreshold: 16, buffered: true }));

/** When the drawing was first seen, after the page was asked for. */
const drawn = until(() => document.querySelector(".react-flow article, [data-canvas] canvas"));

Object.assign(globalThis, {
  bench: {
    ...{
      frames,
      card,
      pan,
      zoomTo,
      zoomed,
      drag,
      movement,
      goTo,
      drawn,
      keys,
      interactions,
      readLog,
    },
    /** In and out by a little each frame. @param {number} index */
    sway: (index) => wheel({ deltaY: 40 * turn(index), ctrlKey: true }),
  },
});

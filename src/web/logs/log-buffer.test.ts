import { expect, test } from "vitest";
import { createLogBuffer, type LogLook } from "./log-buffer.ts";

const everything: LogLook = {
  filter: { level: undefined, pod: undefined, container: undefined },
  search: "",
  columns: undefined,
};
const at = "2026-11-27T09:40:00.000000000Z";

function filled(count: number, look: Partial<LogLook> = {}, most?: number) {
  const buffer = createLogBuffer({ ...everything, ...look }, most);
  for (let number = 1; number <= count; number += 1) write(buffer, `line ${number}`);
  return buffer;
}

const write = (buffer: ReturnType<typeof createLogBuffer>, text: string, pod = "web-1", container = "main") =>
  buffer.line({ at, pod, container, text });

function shown(buffer: ReturnType<typeof createLogBuffer>): string[] {
  const rows = buffer.rows();
  return Array.from({ length: rows.length }, (_, index) => rows.at(index)?.text ?? "");
}

test("the last lines are kept, and rows go on counting from the first", () => {
  const buffer = filled(12_000, {}, 5_000);
  const rows = buffer.rows();
  expect(buffer.lines()).toBe(5_000);
  expect([rows.length, rows.rows, rows.firstRow]).toEqual([5_000, 5_000, 7_000]);
  expect(rows.at(0)?.text).toBe("line 7001");
  expect(rows.at(4_999)?.text).toBe("line 12000");
  expect(rows.at(5_000)).toBeUndefined();
  expect(rows.at(-1)).toBeUndefined();
});

test("lines are wanted by level, pod and container, marks always", () => {
  const buffer = createLogBuffer(everything);
  write(buffer, "ERROR one", "a", "main");
  write(buffer, "INFO two", "a", "proxy");
  write(buffer, "ERROR three", "b", "main");
  buffer.mark({ at: undefined, tone: "deploy", text: "v2 deployed" });
  const look = (filter: Partial<LogLook["filter"]>) => {
    buffer.look({ ...everything, filter: { ...everything.filter, ...filter } });
    return shown(buffer);
  };
  expect(look({ level: "error" })).toEqual(["ERROR one", "ERROR three", "v2 deployed"]);
  expect(look({ pod: "a" })).toEqual(["ERROR one", "INFO two", "v2 deployed"]);
  expect(look({ pod: "a", container: "proxy" })).toEqual(["INFO two", "v2 deployed"]);
  expect(look({})).toHaveLength(4);
  expect([buffer.sources.pods(), buffer.sources.containers()]).toEqual([
    ["a", "b"],
    ["main", "proxy"],
  ]);
});

test("what is searched for is found whatever its case, as lines come and go", () => {
  const buffer = filled(1_000, { search: "LINE 99" }, 500);
  const rows = buffer.rows();
  // 990 to 999 are left; 99 itself has gone.
  expect(rows.hits).toBe(10);
  expect(rows.at(rows.indexOf(rows.hit(0) ?? 0))?.text).toBe("line 990");
  write(buffer, "a Line 99 more");
  expect(rows.hits).toBe(11);
  buffer.look({ ...everything, search: "a.b(" });
  expect(buffer.rows().hits).toBe(0);
});

test("while it is held nothing moves, what comes is counted, and then it is all there", () => {
  const buffer = filled(3);
  buffer.hold();
  write(buffer, "line 4");
  buffer.mark({ at: undefined, tone: "gap", text: "2 lines missed here" });
  expect(shown(buffer)).toHaveLength(3);
  expect(buffer.waiting()).toBe(2);
  buffer.release();
  expect(buffer.waiting()).toBe(0);
  expect(shown(buffer).slice(3)).toEqual(["line 4", "2 lines missed here"]);
});

test("a wrapped line takes as many rows as it needs, and each row leads back to its line", () => {
  const buffer = createLogBuffer({ ...everything, columns: 10 });
  for (const text of ["short", "x".repeat(25), "漢".repeat(6), ""]) write(buffer, text);
  const rows = buffer.rows();
  expect(rows.rows).toBe(1 + 3 + 2 + 1);
  expect(Array.from({ length: 7 }, (_, row) => rows.indexAt(row))).toEqual([0, 1, 1, 1, 2, 2, 3]);
  expect([rows.rowOf(1), rows.rowOf(2), rows.rowOf(3), rows.rowOf(9)]).toEqual([1, 4, 6, 7]);
});

test("colours are left out, and other control characters cannot pass for text", () => {
  const buffer = createLogBuffer(everything);
  write(buffer, "\u001b[1;31mERROR\u001b[0m \u001b]0;title\u0007late\u0000\r");
  expect(shown(buffer)).toEqual(["ERROR late\u2400"]);
  const first = buffer.rows().at(0);
  expect(first?.kind === "line" && first.level).toBe("error");
});

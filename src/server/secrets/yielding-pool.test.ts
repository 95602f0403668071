import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect, test } from "vitest";
import { createPasswords } from "./passwords.ts";

test.runIf(process.platform === "linux")("hashing runs below what answers", async () => {
  await createPasswords().hash("correct horse battery");
  const pool = threads().filter(({ name }) => name === "libuv-worker");
  expect(pool.length).toBeGreaterThan(0);
  expect(new Set(pool.map(({ nice }) => nice))).toEqual(new Set([10]));
  expect(threads().find(({ id }) => id === process.pid)?.nice).toBe(getPriority());
});

/** `/proc/<pid>/task/<id>/stat` (proc(5)): the name in brackets, and 16 fields after it the nice value. */
function threads() {
  return readdirSync("/proc/self/task").map((id) => {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    return {
      id: Number(id),
      name: stat.slice(stat.indexOf("(") + 1, end),
      nice: Number(stat.slice(end + 2).split(" ")[16]),
    };
  });
}

import { expect, test } from "vitest";
import type { ClusterMetadata } from "../../../contract/clusters.ts";
import { bytesText, capacityText, coresText } from "./amounts.ts";

test.each([
  [0, "0 B"],
  [1_023, "1,023 B"],
  [1_536, "1.5 KiB"],
  [32 * 2 ** 30, "32 GiB"],
  [2 ** 70, "1,048,576 PiB"],
])("%d bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test("one core is one, and the rest are cores", () => {
  expect(coresText(1_000)).toBe("1 core");
  expect(coresText(250)).toBe("0.3 cores");
});

test("a capacity says what is known of it", () => {
  const of = (cpuCapacity: string, memoryCapacity: string) =>
    capacityText({ cpuCapacity, memoryCapacity } as ClusterMetadata);
  expect(of("8", "32768Mi")).toBe("8 cores, 32 GiB");
  expect(of("", "512Mi")).toBe("512 MiB");
  expect(of("", "")).toBe("");
});

import { open, rm } from "node:fs/promises";
import { join } from "node:path";

const flushes = 20;
const slowMs = 5;

/** How long the disk takes to make 4 KiB safe, as half of a few tries do. Each save waits for that. */
export async function measureFlush(folder: string): Promise<number> {
  const path = join(folder, `.flush-${process.pid}`);
  const file = await open(path, "w", 0o600);
  try {
    const block = Buffer.alloc(4_096);
    const times: number[] = [];
    for (let at = 0; at < flushes; at += 1) {
      await file.write(block, 0, block.length, at * block.length);
      const begun = performance.now();
      await file.datasync();
      times.push(performance.now() - begun);
    }
    return times.toSorted((a, b) => a - b)[flushes / 2] ?? 0;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** One line for whoever runs the server on a disk that makes everybody wait; nothing on a good one. */
export function slowDiskWarning(folder: string, flushMs: number): string | undefined {
  if (flushMs <= slowMs) return undefined;
  return `The disk of ${folder} takes ${flushMs.toFixed(1)} ms to store a change: use a local disk, or PostgreSQL`;
}

import { expect, test } from "vitest";
import type { RunRecord } from "../../storage/run-types.ts";
import { createPen } from "./pen.ts";

test("the last write waits for what is being written, and has all that was noted meanwhile", async () => {
  const noted: string[] = [];
  const written: RunRecord[] = [];
  const disk = Promise.withResolvers<void>();
  const take = (): RunRecord => ({
    logs: noted.splice(0).map((text, seq) => ({ seq, at: "", node_id: null, text })),
  });
  const pen = createPen(
    take,
    async (record) => {
      await disk.promise;
      written.push(record);
    },
    () => expect.unreachable(),
  );

  noted.push("first");
  pen.writeDown();
  await Promise.resolve();
  const last = pen.write(async (record) => void written.push(record));
  noted.push("second");
  disk.resolve();
  await last;
  expect(written).toMatchObject([{ logs: [{ text: "first" }] }, { logs: [{ text: "second" }] }]);
});

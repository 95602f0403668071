import { tooMany } from "../../../core/problem.ts";
import type { LimitStore } from "../../storage/limits.ts";

export type TestLimits = ReturnType<typeof createTestLimits>;

const atOnce = 5;
const sentence = "Too many cluster tests in a minute";

/** Clusters are asked for whoever asks us, so nobody may ask without end: five at once, and so many a minute. */
export function createTestLimits({ limit }: Pick<LimitStore, "limit">) {
  const perMinute = limit({ name: "cluster-tests", points: 30, seconds: 60, sentence });
  const running = new Map<string, number>();

  function leave(user_id: string): void {
    const left = (running.get(user_id) ?? 1) - 1;
    if (left > 0) running.set(user_id, left);
    else running.delete(user_id);
  }

  return {
    async within<T>(user_id: string, work: () => Promise<T>): Promise<T> {
      const count = running.get(user_id) ?? 0;
      if (count >= atOnce) throw tooMany("Five of your clusters are being tested already", 5);
      running.set(user_id, count + 1);
      try {
        await perMinute.count(user_id);
        return await work();
      } finally {
        leave(user_id);
      }
    },
  };
}

import type { FaultStory as Story } from "./fault-story.ts";

/** Where the n-th write of a run is: what has been sent, and what comes of it. */
export function atWrite({ gateway }: Story, wanted: number, moment: "before" | "after") {
  const { promise, resolve } = Promise.withResolvers<string>();
  let seen = 0;
  return {
    reached: promise,
    watch(act: () => Promise<unknown>) {
      gateway.watch(async (now, { method, path }) => {
        if (now !== moment) return;
        seen += 1;
        if (seen !== wanted) return;
        gateway.watch();
        resolve(`${wanted}: ${method} ${path.split("/").slice(-2).join("/")}`);
        await act();
      });
    },
  };
}

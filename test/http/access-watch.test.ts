import { expect, test } from "vitest";
import { createAccessWatch } from "../../src/server/http/access-watch.ts";
import { eventually } from "../support/eventually.ts";

const held = { user_id: "ada", cluster_id: "prod", role: "viewer" as const };

/** Access that can be taken away, and how often it was asked about. */
function prepare(everyMs: number) {
  const gone = new Set<string>();
  let asked = 0;
  const watch = createAccessWatch(
    {
      async stillHeld(all) {
        asked += 1;
        return all.filter(({ user_id, namespace = "" }) => !gone.has(user_id) && !gone.has(namespace));
      },
    },
    everyMs,
  );
  return { gone, asked: () => asked, ...watch };
}

test("what stands on access that is gone ends, and nothing else", async () => {
  const { gone, watch } = prepare(10);
  const ended: string[] = [];
  watch(held, () => ended.push("ada"));
  watch({ ...held, namespace: "shop" }, () => ended.push("shop"));
  watch({ ...held, user_id: "bob" }, () => ended.push("bob"));
  gone.add("shop");
  await eventually(() => ended.length > 0);
  expect(new Set(ended)).toEqual(new Set(["shop"]));
});

test("told to look, it ends at once what has to end, by one question for all", async () => {
  const { gone, watch, look, asked } = prepare(60_000);
  const ended: string[] = [];
  for (const user_id of ["ada", "bob"])
    for (const stream of [1, 2]) watch({ ...held, user_id }, () => ended.push(`${user_id} ${stream}`));
  gone.add("bob");
  await look();
  expect(ended).toEqual(["bob 1", "bob 2"]);
  expect(asked()).toBe(1);
});

test("what has been left is not asked about any more", async () => {
  const { watch, look, asked } = prepare(60_000);
  watch(held, () => undefined)();
  await look();
  expect(asked()).toBe(0);
});

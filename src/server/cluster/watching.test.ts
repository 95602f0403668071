import { expect, test } from "vitest";
import { type KubernetesObject, ownLabels } from "../../core/kubernetes-object.ts";
import type { Listing } from "./listing.ts";
import { whole } from "./projection.ts";
import { ClusterRefusal } from "./rest.ts";
import type { WatchEvent } from "./watch-events.ts";
import { type Change, createWatching } from "./watching.ts";

const pod = (name: string, workflow_id = "w"): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, uid: `uid-${name}`, labels: { [ownLabels.workflow]: workflow_id } },
});

/** A listing whose watch says what the test tells it to. */
function steered() {
  const calls: string[] = [];
  let say: (event: WatchEvent) => void = () => undefined;
  const listing: Listing = {
    async *pages() {
      calls.push("list");
      yield { objects: [pod("a"), pod("b")], version: "1" };
    },
    async *watch(_version, signal) {
      calls.push("watch");
      while (!signal.aborted) {
        const event = await new Promise<WatchEvent | undefined>((resolve) => {
          say = resolve;
          signal.addEventListener("abort", () => resolve(undefined), { once: true });
        });
        if (event) yield [event];
      }
    },
  };
  return { listing, calls, say: (event: WatchEvent) => say(event) };
}

const scope = { apiVersion: "v1", kind: "Pod" };
const names = (objects: Iterable<KubernetesObject>) => [...objects].map(({ metadata }) => metadata.name);
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

test("whoever follows the same is served by one list and one watch", async () => {
  const { listing, calls, say } = steered();
  const watching = createWatching(async () => listing);
  const heard: Change[][] = [[], []];
  const [first, second] = heard.map((changes) =>
    watching.follow(scope, whole, (change) => changes.push(change)),
  );
  await Promise.all([first?.listed, second?.listed]);
  await soon();
  say({ type: "MODIFIED", object: pod("a"), version: "2" });
  await soon();

  expect(calls).toEqual(["list", "watch"]);
  for (const changes of heard) expect(names(changes.map(({ object }) => object))).toEqual(["a", "b", "a"]);
  watching.close();
});

test("the copy knows what is there, and forgets what is gone", async () => {
  const { listing, say } = steered();
  const watching = createWatching(async () => listing);
  const following = watching.follow(scope, whole, () => undefined);
  await following.listed;
  await soon();
  say({ type: "ADDED", object: pod("c", "other"), version: "2" });
  await soon();
  say({ type: "DELETED", object: pod("a"), version: "3" });
  await soon();

  expect(names(following.objects())).toEqual(["b", "c"]);
  watching.close();
});

test("a refused list is told to its readers, and asked for anew by the next one", async () => {
  const refused = new ClusterRefusal(403, "not yours");
  let isRefusing = true;
  const { listing } = steered();
  const watching = createWatching(async () => {
    if (isRefusing) throw refused;
    return listing;
  });
  await expect(watching.follow(scope, whole, () => undefined).listed).rejects.toBe(refused);
  isRefusing = false;
  await watching.follow(scope, whole, () => undefined).listed;
  watching.close();
});

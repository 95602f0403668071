import { expect, test } from "vitest";
import { applyTo } from "../../sandbox/apply.ts";
import { setManagers } from "../../sandbox/managers.ts";
import type { JsonMap, Obj } from "../../sandbox/objects.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { ownedBy } from "./managed-fields.ts";

const identity = { apiVersion: "apps/v1", kind: "Deployment" };
const metadata = { name: "web", namespace: "shop" };

const before = {
  ...identity,
  metadata: { ...metadata, labels: { app: "web", "a.b/c": "d" }, finalizers: ["x/y"] },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    template: {
      spec: {
        nodeSelector: { disk: "ssd" },
        containers: [
          {
            name: "web",
            image: "a",
            args: ["1"],
            ports: [{ containerPort: 80, protocol: "TCP" }],
            env: [{ name: "A", value: "1" }],
          },
          { name: "side", image: "s" },
        ],
        volumes: [{ name: "tmp", emptyDir: {} }],
      },
    },
  },
};
const after = {
  ...identity,
  metadata: { ...metadata, labels: { app: "web", more: "1" } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "web" } },
    template: {
      spec: {
        nodeSelector: { zone: "b" },
        containers: [{ name: "web", image: "b", args: ["1", "2"], env: [{ name: "B", value: "2" }] }],
        volumes: [
          { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
          { name: "new", emptyDir: {} },
        ],
      },
    },
  },
};
const theirs = {
  ...identity,
  metadata: { ...metadata, labels: { team: "x" } },
  spec: {
    template: {
      spec: { containers: [{ name: "web", imagePullPolicy: "Always", env: [{ name: "T", value: "t" }] }] },
    },
  },
};

function applied(live: object, config: object, manager = "orrery"): KubernetesObject {
  const { object, owners } = applyTo(
    structuredClone(live) as Obj,
    structuredClone(config) as JsonMap,
    manager,
    true,
  );
  setManagers(object, owners);
  return object as unknown as KubernetesObject;
}

const shown = ({ metadata: { labels, ...rest }, spec }: KubernetesObject) => ({
  labels,
  finalizers: (rest as { finalizers?: string[] }).finalizers ?? [],
  spec,
});

const bare = { ...identity, metadata };

test("what was applied is what is owned", () => {
  expect(ownedBy(applied(bare, before), "orrery")).toEqual(before);
  expect(ownedBy(applied(applied(bare, theirs, "helm"), before), "orrery")).toEqual(before);
  expect(ownedBy(applied(applied(bare, before), theirs, "helm"), "helm")).toEqual(theirs);
});

test("applied again it changes nothing, applied later it leads back", () => {
  // Applied items come first, and others' behind them.
  const live = applied(applied(bare, theirs, "helm"), before);
  const owned = ownedBy(live, "orrery");
  expect(shown(applied(live, owned))).toEqual(shown(live));
  const changed = applied(live, after);
  expect(shown(changed)).not.toEqual(shown(live));
  expect(shown(applied(changed, owned))).toEqual(shown(live));
});

test("of an object that was not ours, nothing of ours stays", () => {
  const live = applied(bare, theirs, "helm");
  const taken = applied(live, after);
  expect(shown(applied(taken, ownedBy(live, "orrery"))).labels).toEqual({ team: "x" });
});

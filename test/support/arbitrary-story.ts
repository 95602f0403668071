import fc from "fast-check";
import type { Design, DesignEdge, DesignNode } from "../../src/contract/design.ts";
import { joined, name, settingsOf } from "./arbitrary-design.ts";

type Settings = Record<string, unknown>;

/** A drawing, and what somebody makes of it later. */
export interface Story {
  first: Design;
  later: Design;
}

/** What a kind's settings are held to, so that it comes up at once, or needs no pod at all. */
const held: Readonly<Record<string, Settings>> = {
  deployment: { replicas: 0 },
  statefulset: { replicas: 0 },
  // No machine bears that label.
  daemonset: { nodeSelector: { "example.com/nowhere": "here" } },
  cronjob: { suspend: true },
  service: { serviceType: "NodePort" },
  // One that is joined would start pods of its target.
  hpa: { scaleTargetName: "elsewhere" },
  persistentvolumeclaim: { storage: "16Mi", accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem" },
};

/** What the cluster does not let anybody change once it is there. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  statefulset: ["volumeClaimTemplates", "podManagementPolicy"],
};

interface Drawn {
  type: string;
  called: string;
  isElsewhere: boolean;
  fate: "stays" | "changes" | "goes" | "comes";
  before: Settings;
  after: Settings;
}

function drawnOf(programs: { job: Settings }): fc.Arbitrary<Drawn> {
  const kinds = [...Object.keys(settingsOf)];
  const job = fc.record({ labels: fc.constantFrom({ team: "a" }, {}), env: fc.constantFrom({}, { A: "1" }) });
  const settings = (type: string) =>
    type === "job"
      ? job.map(({ labels, env }) => ({
          ...{ labels, ...programs.job },
          env: { ...(programs.job.env as object), ...env },
        }))
      : (settingsOf[type] ?? fc.constant({})).map((given) => ({ ...given, ...held[type] }));
  return fc.constantFrom(...kinds).chain((type) =>
    fc.record({
      type: fc.constant(type),
      called: name,
      isElsewhere: fc.nat({ max: 3 }).map((number) => number === 0),
      fate: fc.constantFrom("stays", "changes", "changes", "goes", "comes"),
      before: settings(type),
      after: settings(type),
    }),
  );
}

/** What it is changed to, but for what cannot be changed. */
function changed({ type, before, after }: Drawn): Settings {
  const kept = fixed[type] ?? [];
  const others = Object.entries(after).filter(([key]) => !kept.includes(key));
  return Object.fromEntries([...others, ...Object.entries(before).filter(([key]) => kept.includes(key))]);
}

/** Small drawings of all kinds, changed at random: fields, nodes that go, nodes that come. */
export function arbitraryStory(
  programs: { job: Settings },
  { namespace }: { namespace: string },
): fc.Arbitrary<Story> {
  const nodeOf = ({ type, called, isElsewhere }: Drawn, data: Settings): DesignNode => ({
    id: `${type}-${called}`,
    type,
    position: { x: 0, y: 0 },
    data: { ...data, name: called, ...(isElsewhere && { namespace }) },
  });
  const nodes = fc.uniqueArray(drawnOf(programs), {
    minLength: 2,
    maxLength: 7,
    selector: ({ type, called }) => `${type}-${called}`,
  });
  const choices = fc.array(fc.nat({ max: 9 }), { minLength: 7, maxLength: 7 });
  const turns = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
  return fc.tuple(nodes, choices, turns).map(([drawn, chosen, turned]) => {
    const design = (without: Drawn["fate"], dataOf: (each: Drawn) => Settings) => {
      const left = drawn.filter(({ fate }) => fate !== without);
      return withoutPods(
        joined(
          left.map((each) => nodeOf(each, dataOf(each))),
          chosen,
          turned,
        ),
      );
    };
    return {
      first: design("comes", ({ before }) => before),
      later: design("goes", (each) => (each.fate === "changes" ? changed(each) : each.before)),
    };
  });
}

/** Whatever has pods in a story is joined to nothing that these would wait for, or that would make more of them. */
function withoutPods({ nodes, edges }: Design): Design {
  const alone = new Set(nodes.filter(({ type }) => type === "hpa" || type === "job").map(({ id }) => id));
  const isKept = ({ source, target, type }: DesignEdge) =>
    type === "dependency" || (!alone.has(source) && !alone.has(target));
  return { nodes, edges: edges.filter(isKept) };
}

import { kindTitles } from "../../core/catalog/titles.ts";
import type { Point } from "../../core/layout/free-spot.ts";
import { fitOf } from "../../core/relations/fits.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { rank } from "../../core/search/rank.ts";
import { KindGlyph } from "../look/glyphs.tsx";
import { Combobox, type ComboboxItem } from "../parts/Combobox.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { useDesk } from "./board-store.ts";
import { relationWords } from "./ConnectPanel.tsx";
import { addNode } from "./commands.ts";
import { useGraph } from "./graph-store.ts";
import { titleOf } from "./node-words.ts";

const otherWords: Readonly<Record<string, readonly string[]>> = {
  deployment: ["app", "web", "server", "pods", "stateless"],
  service: ["port", "network", "load balancer", "svc"],
  ingress: ["host", "http", "route", "domain", "tls"],
  configmap: ["settings", "configuration", "env", "file"],
  secret: ["password", "token", "key", "credentials"],
  persistentvolumeclaim: ["volume", "disk", "storage", "pvc", "data"],
  statefulset: ["database", "db", "stateful", "queue"],
  job: ["task", "migration", "once"],
  cronjob: ["schedule", "nightly", "periodic", "backup"],
  daemonset: ["agent", "every machine", "node"],
  hpa: ["scale", "autoscaling", "horizontalpodautoscaler", "cpu"],
  networkpolicy: ["firewall", "allow", "deny", "isolate"],
  object: ["yaml", "custom", "manifest", "any"],
};

const sentences: Readonly<Record<string, string>> = {
  deployment: "Runs pods that keep no state",
  service: "Gives pods one address",
  ingress: "Lets HTTP in from outside",
  configmap: "Settings, as files or environment",
  secret: "Values that nobody is to read",
  persistentvolumeclaim: "Files that outlive pods",
  statefulset: "Runs pods with names and files of their own",
  job: "Runs once, to its end",
  cronjob: "Runs at set times",
  daemonset: "Runs one pod on each machine",
  hpa: "Sets the number of pods by load",
  networkpolicy: "Says who may talk to pods",
  object: "Any Kubernetes object, as YAML",
};

interface KindItem extends ComboboxItem {
  label: string;
}

function kindItems(fromKind: string | undefined): KindItem[] {
  return Object.keys(kindTitles).flatMap((kind) => {
    const fit = fromKind === undefined ? undefined : fitOf(fromKind, kind);
    if (fit && "why" in fit) return [];
    const words = fit ? relationWords[fit.relation] : sentences[kind];
    return [
      {
        id: kind,
        label: titleOf(kind),
        hint: words ?? "",
        icon: <KindGlyph kind={kind} />,
        keywords: [kind, ...(otherWords[kind] ?? [])],
      },
    ];
  });
}

/** The first word says the kind, what follows is the name: `service api`. */
const byFirstWord = (items: readonly KindItem[], typed: string) => {
  const whole = rank(items, typed);
  return whole.length > 0 ? whole : rank(items, typed.trim().split(/\s+/)[0] ?? "");
};

function nameIn(typed: string): string | undefined {
  const [, ...rest] = typed.trim().split(/\s+/);
  const name = rest.join("-").toLowerCase();
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) ? name : undefined;
}

/** Asks which kind of node to add. */
export function AddPanel({ at, from, onClose }: { at?: Point; from?: string; onClose: () => void }) {
  const desk = useDesk();
  const origin = useGraph(({ graph }) => (from === undefined ? undefined : graph.nodes.get(from)));
  const title = origin ? `Add and connect to ${nameOfNode(origin)}` : "Add to the drawing";
  return (
    <Dialog
      title={title}
      description="Type a kind, and a name after it if you like: service api"
      open
      size="small"
      onOpenChange={onClose}
    >
      <Combobox
        label="Kind of node"
        items={kindItems(origin?.type)}
        filter={byFirstWord}
        onPick={({ id }, typed) => {
          onClose();
          addNode(desk, { kind: id, at, from, name: nameIn(typed) });
        }}
      />
    </Dialog>
  );
}

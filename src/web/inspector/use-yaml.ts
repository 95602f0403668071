import type { Diagnostic } from "@codemirror/lint";
import { useEffect, useMemo, useRef, useState } from "react";
import type { DesignNode } from "../../contract/design.ts";
import { nodeCompiler } from "../../core/compile/node-compiler.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { drawingOf } from "../canvas/graph.ts";
import { type GraphStore, useGraph, useGraphStore } from "../canvas/graph-store.ts";
import { takeYaml } from "./take-yaml.ts";
import { draftOf, keepDraft } from "./yaml-drafts.ts";
import { writeYaml } from "./yaml-text.ts";

const pauseMs = 150;

interface Shown {
  text: string;
  diagnostics: readonly Diagnostic[];
  /** The data that the text is of. */
  data: DesignNode["data"];
}

/** One node's objects as text: what is typed becomes the node's data as soon as it can. */
export function useYaml(node: DesignNode, namespace: string) {
  const store = useGraphStore();
  const workflowId = useGraph((state) => state.workflowId);
  const [shown, show] = useState<Shown>(() => firstShown(store, node, namespace));
  // The drawing was changed from elsewhere: by the form, an undo, or somebody else.
  const isOld = shown.data !== node.data;
  const current = useMemo(
    () => (isOld ? { text: textOf(store, node, namespace), diagnostics: [], data: node.data } : shown),
    [isOld, shown, store, node, namespace],
  );
  useEffect(() => {
    if (!isOld) return;
    keepDraft(workflowId, node.id, undefined);
    show(current);
  }, [isOld, current, workflowId, node.id]);
  const take = (text: string) => {
    const { id } = node;
    const known = store.getState().graph.nodes.get(id);
    if (!known) return;
    const { data, diagnostics } = dataOf(text, known, store, namespace);
    const [first] = diagnostics;
    keepDraft(workflowId, id, first && { text, reason: first.message });
    show({ text, diagnostics, data: data ?? known.data });
    if (data)
      store.editNode(id, () => data, { label: `edit YAML of ${nameOfNode(known)}`, squash: `${id}:yaml` });
  };
  const { later, forget } = useAfterPause(take);
  return {
    ...current,
    type(text: string) {
      show({ ...current, text });
      later(text);
    },
    discard() {
      forget();
      keepDraft(workflowId, node.id, undefined);
      show({ text: textOf(store, node, namespace), diagnostics: [], data: node.data });
    },
  };
}

/** Uses the last text once nothing more is typed for a moment, or at once when the editor goes. */
function useAfterPause(use: (text: string) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<string>(undefined);
  const latest = useRef(use);
  useEffect(() => {
    latest.current = use;
  });
  const forget = () => {
    clearTimeout(timer.current);
    pending.current = undefined;
  };
  const now = () => {
    const text = pending.current;
    forget();
    if (text !== undefined) latest.current(text);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only going away counts, and all it needs is in refs.
  useEffect(() => now, []);
  return {
    forget,
    later(text: string) {
      forget();
      pending.current = text;
      timer.current = setTimeout(now, pauseMs);
    },
  };
}

function firstShown(store: GraphStore, node: DesignNode, namespace: string): Shown {
  const draft = draftOf(store.getState().workflowId, node.id);
  const text = draft?.text ?? textOf(store, node, namespace);
  const diagnostics = draft ? dataOf(draft.text, node, store, namespace).diagnostics : [];
  return { text, diagnostics, data: node.data };
}

function compilerFor(store: GraphStore, id: string, namespace: string) {
  const { workflowId: workflow_id, graph } = store.getState();
  return nodeCompiler({ workflow_id, namespace, design: drawingOf(graph) }, id);
}

function textOf(store: GraphStore, node: DesignNode, namespace: string): string {
  const { objects } = compilerFor(store, node.id, namespace)(node.data);
  return objects.length > 0 ? writeYaml(objects, node.data.comments) : "";
}

interface Taken {
  data?: DesignNode["data"];
  diagnostics: Diagnostic[];
}

/** What a text makes of a node's data, or what is in the way. */
function dataOf(text: string, node: DesignNode, store: GraphStore, namespace: string): Taken {
  const toObjects = compilerFor(store, node.id, namespace);
  if (text.trim() === "" && toObjects(node.data).objects.length === 0) return { diagnostics: [] };
  const taken = takeYaml(text, node, toObjects);
  if ("faults" in taken)
    return { diagnostics: taken.faults.map((fault) => ({ ...fault, severity: "error" as const })) };
  const { data } = taken;
  return JSON.stringify(data) === JSON.stringify(node.data) ? { diagnostics: [] } : { data, diagnostics: [] };
}

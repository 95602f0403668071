import { type Conflict, mergeDesigns, type Side } from "../../core/versions/merge-designs.ts";
import { type Drawing, drawingOf, type Graph, graphOf } from "./graph.ts";
import type { GraphStore } from "./graph-store.ts";
import { mergeExtras } from "./merge-extras.ts";
import { isSameGraph, sharing } from "./same-graph.ts";

/** A drawing as the server has it. */
export interface Stored {
  revision: number;
  drawing: Drawing;
}

export type SaveState =
  | { kind: "saved"; at: Date | undefined }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "failed"; reason: string }
  | { kind: "offline" }
  | { kind: "conflict"; conflicts: readonly Conflict[] };

/** How sending ended, in the terms that saving goes by. */
export type Sent =
  | { kind: "saved"; revision: number }
  | { kind: "stale"; current: Stored }
  | { kind: "offline" }
  /** Another attempt with the same content would fail the same way. */
  | { kind: "refused"; reason: string };

export interface AutosaveNeeds {
  graph: GraphStore;
  send(drawing: Required<Drawing>, revision: number): Promise<Sent>;
  /** Keeps the drawing on this device; rejects where the device does not. */
  keep(stored: Stored, graph: Graph): Promise<void>;
  tell(state: SaveState): void;
  /** What others changed has been taken in. */
  onMerged(changed: number): void;
}

const keepAfterMs = 250;
const sendAfterMs = 800;
const sendAtMostMs = 5_000;
const againAfterMs = 4_000;

/** Saves a drawing as it changes: on this device first, then on the server, one request at a time. */
export class Autosave {
  readonly #needs: AutosaveNeeds;
  #stored: Stored;
  /** The graph as the server has it. */
  #saved: Graph;
  #state: SaveState;
  #isKept = true;
  #isSending = false;
  #changedAt: number | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #theirs: Stored | undefined;
  readonly #stop: () => void;

  constructor(needs: AutosaveNeeds, stored: Stored, savedAt?: Date) {
    this.#needs = needs;
    this.#stored = stored;
    this.#saved = graphOf(stored.drawing);
    this.#state = { kind: "saved", at: savedAt };
    this.#stop = needs.graph.subscribe((state, before) => {
      if (state.graph !== before.graph) this.#changed();
    });
    if (!this.#isClean()) this.#changed();
  }

  get state(): SaveState {
    return this.#state;
  }

  get revision(): number {
    return this.#stored.revision;
  }

  /** Whether leaving now would lose something. */
  get wouldLose(): boolean {
    return !this.#isKept && !this.#isClean();
  }

  /** Sends what is not sent yet; resolves once nothing is under way any more. */
  async flush(): Promise<SaveState> {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    while (this.#isSending) await new Promise((done) => setTimeout(done, 20));
    await this.#send();
    return this.#state;
  }

  /** Somebody else saved: takes their changes in. */
  receive(current: Stored): void {
    if (current.revision <= this.#stored.revision || this.#isSending) return;
    this.#merge(current, new Map());
  }

  /** Decides the conflicts that are open; those left out stay open. */
  resolve(choices: ReadonlyMap<string, Side>): void {
    if (this.#theirs) this.#merge(this.#theirs, choices);
  }

  /** Keeps what is there on the device and stops. */
  async close(): Promise<void> {
    this.#stop();
    clearTimeout(this.#sendTimer);
    clearTimeout(this.#keepTimer);
    if (!this.#isKept) await this.#keep();
  }

  #isClean(): boolean {
    const { graph } = this.#needs.graph.getState();
    return graph === this.#saved || isSameGraph(graph, this.#saved);
  }

  #changed(): void {
    this.#isKept = false;
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => void this.#keep(), keepAfterMs);
    this.#changedAt ??= Date.now();
    if (this.#state.kind === "conflict") return;
    const wait = Math.min(sendAfterMs, Math.max(0, this.#changedAt + sendAtMostMs - Date.now()));
    this.#sendIn(wait);
    if (!this.#isSending && this.#state.kind !== "offline") this.#tell({ kind: "waiting" });
  }

  #sendIn(ms: number): void {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = setTimeout(() => void this.#send(), ms);
  }

  async #keep(): Promise<void> {
    const { graph } = this.#needs.graph.getState();
    try {
      await this.#needs.keep(this.#stored, graph);
      if (this.#needs.graph.getState().graph === graph) this.#isKept = true;
    } catch {
      // A device that keeps nothing: leaving asks, as long as the server has not got it either.
    }
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#state.kind === "conflict") return;
    this.#changedAt = undefined;
    const { graph } = this.#needs.graph.getState();
    if (this.#isClean()) {
      this.#saved = graph;
      if (this.#state.kind !== "saved") this.#tell({ kind: "saved", at: new Date() });
      return;
    }
    this.#isSending = true;
    this.#tell({ kind: "saving" });
    const drawing = drawingOf(graph);
    const sent = await this.#needs.send(drawing, this.#stored.revision);
    this.#isSending = false;
    this.#after(sent, graph, drawing);
  }

  #after(sent: Sent, graph: Graph, drawing: Required<Drawing>): void {
    if (sent.kind === "saved") {
      this.#stored = { revision: sent.revision, drawing };
      this.#saved = graph;
      if (this.#needs.graph.getState().graph === graph) this.#tell({ kind: "saved", at: new Date() });
      else this.#sendIn(sendAfterMs);
      void this.#keep();
    } else if (sent.kind === "stale") this.#merge(sent.current, new Map());
    else if (sent.kind === "offline") {
      this.#tell({ kind: "offline" });
      this.#sendIn(againAfterMs);
    } else this.#tell({ kind: "failed", reason: sent.reason });
  }

  #merge(theirs: Stored, choices: ReadonlyMap<string, Side>): void {
    const { graph } = this.#needs.graph.getState();
    const [base, mine] = [this.#stored.drawing, drawingOf(graph)];
    const { design, conflicts, taken } = mergeDesigns(base, mine, theirs.drawing, choices);
    if (conflicts.length > 0) {
      this.#theirs = theirs;
      this.#tell({ kind: "conflict", conflicts });
      return;
    }
    this.#theirs = undefined;
    const canvas = mergeExtras(base.canvas, mine.canvas, theirs.drawing.canvas);
    this.#stored = theirs;
    this.#saved = graphOf(theirs.drawing);
    this.#state = { kind: "waiting" };
    const merged = sharing(graph, graphOf({ ...design, canvas }));
    const label = "take in the changes of others";
    this.#needs.graph.edit({ label }, () => merged);
    if (taken.length > 0) this.#needs.onMerged(taken.length);
    this.#changed();
    this.#sendIn(0);
  }

  #tell(state: SaveState): void {
    this.#state = state;
    this.#needs.tell(state);
  }
}

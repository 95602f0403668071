import { create } from "zustand";

/** Values of one workflow's secrets and run-time variables: by node and key. */
type Values = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface State {
  workflowId: string | undefined;
  values: Values;
}

const nothing: State = { workflowId: undefined, values: {} };
const idleMs = 1_800_000;

/** Values live here alone, as long as the page: never in the drawing, in storage, in an address, or in a report. */
const useValues = create<State>()(() => nothing);
let timer: ReturnType<typeof setTimeout> | undefined;

/** What was typed for a key; an empty text is a value too, and `undefined` takes it back. */
export function typeSecret(workflowId: string, nodeId: string, key: string, value: string | undefined): void {
  const { workflowId: known, values } = useValues.getState();
  const all = known === workflowId ? values : {};
  const { [key]: _, ...others } = all[nodeId] ?? {};
  const own = value === undefined ? others : { ...others, [key]: value };
  useValues.setState({ workflowId, values: { ...all, [nodeId]: own } }, true);
  stayAwake();
}

/** Forgets all of it: once a run has taken them, and after half an hour of nothing. */
export function forgetSecrets(): void {
  clearTimeout(timer);
  useValues.setState(nothing, true);
}

/** What a run of this workflow is given, by node and key. */
export function typedSecrets(workflowId: string): Record<string, Record<string, string>> {
  const { workflowId: known, values } = useValues.getState();
  if (known !== workflowId) return {};
  const filled = Object.entries(values).filter(([, own]) => Object.keys(own).length > 0);
  return Object.fromEntries(filled.map(([id, own]) => [id, { ...own }]));
}

/** The names alone, as a plan is asked with. */
export function typedKeys(workflowId: string): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(typedSecrets(workflowId)).map(([id, own]) => [id, Object.keys(own)]),
  );
}

export function useTypedSecret(workflowId: string, nodeId: string, key: string): string | undefined {
  return useValues((state) => {
    const own = state.workflowId === workflowId ? state.values[nodeId] : undefined;
    return own && Object.hasOwn(own, key) ? own[key] : undefined;
  });
}

/** Whether leaving would lose something that was typed. */
export function hasTypedSecrets(workflowId: string): boolean {
  return Object.keys(typedSecrets(workflowId)).length > 0;
}

/** Keys and clicks put off the half hour after which what was typed is gone. Ends with what it answers. */
export function watchIdleness(): () => void {
  const events = ["keydown", "pointerdown"] as const;
  for (const event of events) window.addEventListener(event, stayAwake, { passive: true });
  return () => {
    for (const event of events) window.removeEventListener(event, stayAwake);
  };
}

function stayAwake(): void {
  clearTimeout(timer);
  if (useValues.getState() !== nothing) timer = setTimeout(forgetSecrets, idleMs);
}

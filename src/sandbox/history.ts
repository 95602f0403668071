import type { Obj } from "./objects.ts";
import type { Resource } from "./resources.ts";
import { gone, tooMany } from "./status.ts";

export interface Change {
  type: "ADDED" | "MODIFIED" | "DELETED";
  object: Obj;
  /** As it was before. */
  old: Obj | undefined;
  resource: Resource;
  version: number;
}

export type Listener = (change: Change) => void;

const keptChanges = 2_000;
const mostListeners = 2_000;

export type History = ReturnType<typeof createHistory>;

/** The numbered changes of one cluster: the last of them to resume from, and who listens to the next. */
export function createHistory(start: number) {
  const changes: Change[] = [];
  const listeners = new Set<Listener>();
  let version = start;
  let forgottenUpTo = start;

  function listen(tell: Listener): () => void {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }

  return {
    version: () => version,
    oldest: () => forgottenUpTo,
    listen,

    record(change: Omit<Change, "version">): void {
      version += 1;
      change.object.metadata.resourceVersion = String(version);
      const numbered = { ...change, version };
      changes.push(numbered);
      if (changes.length > keptChanges) forgottenUpTo = changes.shift()?.version ?? forgottenUpTo;
      for (const tell of [...listeners]) tell(numbered);
    },

    /** Everything after a version, then what comes; refuses where it no longer knows that far back. */
    watch(after: number, tell: Listener): () => void {
      if (after < forgottenUpTo) throw gone(after, forgottenUpTo);
      if (listeners.size > mostListeners) throw tooMany();
      for (const change of changes) if (change.version > after) tell(change);
      return listen(tell);
    },

    /** From here on nobody can resume from before. */
    forget(): void {
      version += 1;
      forgottenUpTo = version;
      changes.length = 0;
    },
  };
}

import type { Resource } from "./resources.ts";

/** What a write is about, and how it is meant. */
export interface Asked {
  resource: Resource;
  namespace: string;
  name: string;
  subresource: string;
  manager: string;
  isForced: boolean;
  isDryRun: boolean;
  isStrict: boolean;
  /** Fields that the body says twice. */
  duplicates: readonly string[];
}

export interface DeleteOptions {
  uid?: string | undefined;
  resourceVersion?: string | undefined;
  /** What becomes of what it owns: the same, the same before it, or nothing. */
  propagation?: string | undefined;
  graceSeconds?: number | undefined;
}

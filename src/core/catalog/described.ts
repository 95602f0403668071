import type { Hints } from "./hints.ts";

/** What is read of a schema, ours or a custom resource's. */
export interface Described extends Hints {
  title?: string;
  /** What to say when the value does not fit. */
  refusal?: string;
  type?: string;
  enum?: readonly unknown[];
  anyOf?: readonly Described[];
  properties?: Record<string, Described>;
  required?: readonly string[];
  items?: Described;
  patternProperties?: Record<string, Described>;
  additionalProperties?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  /** What an empty value of it means. */
  blanks?: string;
}

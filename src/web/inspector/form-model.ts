import { createContext, useContext } from "react";
import type { DesignNode } from "../../contract/design.ts";
import type { CanvasProblem } from "../canvas/problems.ts";
import type { Derived } from "./derived.ts";
import type { Place } from "./places.ts";

/** What is being filled in: the settings of one node, or those that several have in common. */
export interface FormModel {
  workflowId: string;
  nodes: readonly DesignNode[];
  /** Why nothing may be changed. */
  lock: string | undefined;
  derived: Derived;
  /** What is deployed of the one node, and as which version. */
  deployed: { data: Readonly<Record<string, unknown>>; version: number | undefined } | undefined;
  read(place: Place): unknown;
  /** Whether the nodes differ there. */
  isMixed(place: Place): boolean;
  /** `undefined` takes a setting away; `title` is what the change is called in the history. */
  write(place: Place, value: unknown, title: string): void;
  /** What is wrong at a place, or within it. */
  problemsIn(place: Place): readonly CanvasProblem[];
  problemsAt(place: Place): readonly CanvasProblem[];
  /** Somebody has been there: from now on it may be said that something is missing. */
  leave(place: Place): void;
}

export const FormContext = createContext<FormModel | undefined>(undefined);

export function useForm(): FormModel {
  const form = useContext(FormContext);
  if (!form) throw new Error("There is no form around this field");
  return form;
}

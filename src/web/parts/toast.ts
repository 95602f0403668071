import type { ReactNode } from "react";
import { create } from "zustand";
import type { Tone } from "../look/status.ts";

export interface Toast {
  tone: Tone;
  title: string;
  text?: ReactNode;
  action?: { label: string; onPress: () => void } | undefined;
}

export const useToasts = create<readonly (Toast & { id: number })[]>()(() => []);

let last = 0;

/** Says something in the corner of the screen; errors stay until they are dismissed. */
export function toast(said: Toast): void {
  last += 1;
  const id = last;
  // Five at most: somebody who was away comes back to the newest.
  useToasts.setState((toasts) => [...toasts, { ...said, id }].slice(-5), true);
}

export function dismiss(id: number): void {
  useToasts.setState((toasts) => toasts.filter((shown) => shown.id !== id), true);
}

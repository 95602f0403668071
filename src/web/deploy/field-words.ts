import { stepsOf } from "../../core/plan/pointers.ts";

/** A field's place as people read it: what all pods of all kinds have around it says nothing. */
export function fieldName(pointer: string): string {
  const steps = stepsOf(pointer);
  const inPod = podSpecs.find((prefix) => prefix.every((step, index) => steps[index] === step));
  const rest = inPod ? steps.slice(inPod.length) : steps[0] === "spec" ? steps.slice(1) : steps;
  return rest.length === 0 ? "all of it" : joined(rest);
}

const template = ["spec", "template"];
const cron = ["spec", "jobTemplate"];
const podSpecs = [[...cron, ...template, "spec"], [...template, "spec"], [...cron, ...template], template];

function joined(steps: readonly string[]): string {
  return steps.reduce((path, step) => {
    if (/^\d+$/.test(step)) return `${path}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${path}[${step}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

/** What stands for the settings that a pod's configuration comes from: its text is a hash, and tells nobody anything. */
export function isConfigurationMark(pointer: string): boolean {
  return pointer.endsWith("/annotations/orrery.dev~1configuration");
}

/** A value on one line. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value === "" ? "“”" : value;
  return JSON.stringify(value) ?? "";
}

/** What is seen where a value is masked: never the text. */
export function secretText({ from, to }: { from?: unknown; to?: unknown }): string {
  if (from === undefined) return "new value";
  return to === undefined ? "value removed" : "value changed";
}

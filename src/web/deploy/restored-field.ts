import { isMap } from "../../core/catalog/text-values.ts";
import { stepInto, stepsOf } from "../../core/plan/pointers.ts";

type Data = Record<string, unknown>;

/** The settings with one of them as it was: gone where there was none, and nothing else touched. */
export function restoredField(now: Data, before: Data, pointer: string): Data {
  return withValue(now, before, stepsOf(pointer)) as Data;
}

/** The settings with a value at that place; `undefined` takes it away. */
export function withField(now: Data, pointer: string, value: unknown): Data {
  const steps = stepsOf(pointer);
  const wanted = steps.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  return withValue(now, wanted, steps) as Data;
}

function withValue(now: unknown, before: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return before;
  const inner = withValue(stepInto(now, step), stepInto(before, step), rest);
  if (Array.isArray(now)) {
    if (inner === undefined) return now.filter((_, index) => index !== Number(step));
    return now.length <= Number(step) ? [...now, inner] : now.with(Number(step), inner);
  }
  const { [step]: _, ...others } = isMap(now) ? now : {};
  return inner === undefined ? others : { ...(isMap(now) ? now : {}), [step]: inner };
}

import { type ComponentType, createElement, Suspense, use, useEffect, useReducer } from "react";
import { looksOfFailure } from "./NotLoaded.tsx";
import { Skeleton } from "./Skeleton.tsx";

type State = { component: ComponentType<object> } | { error: unknown };

/** Something that is fetched once, when it is first asked for. */
interface Part {
  look: keyof typeof looksOfFailure;
  /** Undefined before there is an answer. */
  state(): State | undefined;
  /** Never fails: how it went is in the state. */
  ask(): Promise<void>;
  /** Where it could not be fetched, whoever asks next begins anew. */
  forgetFailure(): void;
}

interface Preloading {
  /** Has it fetched before it is drawn. What could not be fetched is asked for anew when it is drawn. */
  preload(): Promise<void>;
}

/**
 * A component that is fetched when it is first drawn. Where that fails it says so in its own place, in words or with a
 * mere button, and can be asked for again; what is around it goes on.
 */
export function later<Module, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
  look: keyof typeof looksOfFailure = "part",
): Module[Name] & Preloading {
  const part = createPart(async () => (await load())[name] as ComponentType<object>, look);
  const preload = async () => {
    await part.ask();
    part.forgetFailure();
  };
  const draw = (props: object) => <Later part={part} props={props} />;
  return Object.assign(draw, { preload }) as Module[Name] & Preloading;
}

function createPart(load: () => Promise<ComponentType<object>>, look: Part["look"]): Part {
  let state: State | undefined;
  let asked: Promise<void> | undefined;
  const fetched = async () => {
    try {
      state = { component: await load() };
    } catch (error) {
      state = { error };
    }
  };
  return {
    look,
    state: () => state,
    ask() {
      asked ??= fetched();
      return asked;
    },
    forgetFailure() {
      if (state && "error" in state) [state, asked] = [undefined, undefined];
    },
  };
}

interface LaterProps {
  part: Part;
  props: object;
}

function Later({ part, props }: LaterProps) {
  if (part.look !== "page") return <Fetched part={part} props={props} />;
  // A page that is waited for leaves what is around it where it is.
  return (
    <Suspense fallback={<Skeleton />}>
      <Fetched part={part} props={props} />
    </Suspense>
  );
}

function Fetched({ part, props }: LaterProps) {
  const [, again] = useReducer((times: number) => times + 1, 0);
  if (!part.state()) use(part.ask());
  const state = part.state();
  if (state && "component" in state) return createElement(state.component, props);
  const Failure = looksOfFailure[part.look];
  return <Failure error={state?.error} onForget={part.forgetFailure} onRetry={again} />;
}

const patienceMs = 2_000;

/** Has these made ready once the page has nothing better to do: there may be no network when they are wanted. */
export function useAtHand(parts: readonly { preload(): Promise<unknown> }[]): void {
  useEffect(() => {
    const fetchAll = () => {
      for (const part of parts) part.preload().catch(() => undefined);
    };
    // Safari cannot tell when it has nothing to do.
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(fetchAll, patienceMs);
      return () => clearTimeout(timer);
    }
    const idle = window.requestIdleCallback(fetchAll, { timeout: patienceMs });
    return () => window.cancelIdleCallback(idle);
  }, [parts]);
}

import type { Ask, Method, Rest } from "./rest.ts";

/** A request for one object, before it is made. */
export interface ObjectRequest {
  isWrite: boolean;
  /** Empty for what is in none. */
  namespace: string;
  /** What is sent, where it is an object. */
  body?: unknown;
}

/** Refuses a request by throwing. */
export type Demand = (request: ObjectRequest) => Promise<void> | void;

/** The same connection, on which nothing is asked that is not allowed at that moment. */
export function guarded(rest: Rest, demand: Demand): Rest {
  return {
    ...rest,
    async json<T>(method: Method, path: string, asking: Ask = {}): Promise<T> {
      await demand({ isWrite: method !== "GET", namespace: namespaceIn(path), body: asking.body });
      return rest.json<T>(method, path, asking);
    },
  };
}

/** A namespace itself is in none. */
function namespaceIn(path: string): string {
  const [, name = ""] = /^\/(?:api|apis\/[^/]+)\/[^/]+\/namespaces\/([^/?]+)\/[^/?]/.exec(path) ?? [];
  return decodeURIComponent(name);
}

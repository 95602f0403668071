import {
  QueryClient,
  queryOptions,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { useRef } from "react";
import { ApiError } from "../client/api-error.ts";
import type { Endpoint, Input, Result } from "../contract/operation.ts";
import { client } from "./session.ts";

/** A request is worth repeating if it changes nothing and nobody has refused it. */
function isWorthRepeating(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** What the server has told this tab. */
export const queries = new QueryClient({
  defaultOptions: {
    // Whether the server can be reached has nothing to do with whether the internet can.
    queries: { staleTime: 30_000, retry: isWorthRepeating, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
});

/** Names what an endpoint answers: all of it, or what it answers to one input. */
function keyOf<E extends Endpoint>({ method, path }: E, input?: Input<E>): readonly unknown[] {
  return input === undefined ? [`${method} ${path}`] : [`${method} ${path}`, input];
}

/** For loaders, `queries.prefetchQuery` and `queries.setQueryData(queryOf(…).queryKey, …)`. */
export function queryOf<E extends Endpoint>(endpoint: E, input: Input<E>) {
  return queryOptions<Result<E>>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => client.call(endpoint, input, { signal }),
  });
}

interface ReadOptions {
  enabled?: boolean;
  staleTime?: number;
  /** Asks on arriving, however fresh it is. */
  refetchOnMount?: "always";
  /** Shows what was there while the next page or filter is on its way. */
  keepPrevious?: boolean;
  refetchInterval?: number | false;
}

/** What the server has: `useRead(api.listWorkflows, { query: { page } })`. */
export function useRead<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  { keepPrevious = false, ...options }: ReadOptions = {},
): UseQueryResult<Result<E>> {
  return useQuery<Result<E>>({
    ...queryOf(endpoint, input),
    ...options,
    ...(keepPrevious && { placeholderData: (previous: Result<E> | undefined) => previous }),
  });
}

/** Asks the server to do something: `useSend(api.saveWorkflow).mutate({ params: { id }, body })`. */
export function useSend<E extends Endpoint>(
  endpoint: E,
  options: Omit<UseMutationOptions<Result<E>, Error, Input<E>>, "mutationFn"> = {},
): UseMutationResult<Result<E>, Error, Input<E>> {
  const unanswered = useRef<{ input: string; idempotencyKey: string }>(undefined);

  return useMutation<Result<E>, Error, Input<E>>({
    ...options,
    mutationFn: async (input) => {
      if (!endpoint.repeatable) return client.call(endpoint, input);
      // Sent again after no answer came, it is still the same request, and done once at most.
      const text = JSON.stringify(input);
      if (unanswered.current?.input !== text) unanswered.current = { input: text, idempotencyKey: newKey() };
      const { idempotencyKey } = unanswered.current;
      try {
        const result = await client.call(endpoint, input, { idempotencyKey });
        unanswered.current = undefined;
        return result;
      } catch (error) {
        if (error instanceof ApiError && error.status > 0 && error.status < 500)
          unanswered.current = undefined;
        throw error;
      }
    },
  });
}

/** What an endpoint answered may no longer hold: what is on screen is asked for anew, the rest when it is next seen. */
export function invalidate<E extends Endpoint>(endpoint: E, input?: Input<E>): Promise<void> {
  return queries.invalidateQueries({ queryKey: keyOf(endpoint, input) });
}

/** Pages served without TLS have no `crypto.randomUUID`. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

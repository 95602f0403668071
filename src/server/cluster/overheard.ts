import { type Ask, ClusterRefusal, type Method, type Rest } from "./rest.ts";

/** One request that would change something, as it went over the wire, and what came of it. */
export interface Exchange {
  method: Method;
  path: string;
  body: unknown;
  /** 0 where there was no answer at all. */
  status: number;
  ms: number;
  answer?: unknown;
  refusal?: ClusterRefusal;
}

/** The same connection, of which somebody is told every write, each attempt by itself. */
export function overheard(rest: Rest, tell: (exchange: Exchange) => void): Rest {
  return {
    ...rest,
    async json<T>(method: Method, path: string, asking: Ask = {}): Promise<T> {
      if (method === "GET") return rest.json<T>(method, path, asking);
      const startMs = performance.now();
      let status = 0;
      const sent = (): Omit<Exchange, "answer" | "refusal"> => {
        const ms = Math.round(performance.now() - startMs);
        return { method, path, body: asking.body, status, ms };
      };
      const heard = (answered: number) => {
        status = answered;
        asking.heard?.(answered);
      };
      try {
        const answer = await rest.json<T>(method, path, { ...asking, heard });
        tell({ ...sent(), answer });
        return answer;
      } catch (error) {
        const refusal = error instanceof ClusterRefusal ? error : undefined;
        tell({ ...sent(), ...(refusal && { status: refusal.status, refusal }) });
        throw error;
      }
    },
  };
}

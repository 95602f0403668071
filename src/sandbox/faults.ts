import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { send } from "./serve.ts";
import { StatusError } from "./status.ts";
import type { Tenant } from "./tenant.ts";

interface Refusal {
  method: string;
  path: RegExp;
  code: number;
  message: string;
}

/** Ways for a cluster to misbehave, for tests and benchmarks. */
export function createFaults(tenants: () => Tenant[]) {
  const refusals: Refusal[] = [];
  const watches = new Set<ServerResponse>();
  let rates = { throttled: 0, reset: 0 };
  let latencyMs = 0;
  let dice = 1;

  /** The same numbers every time, so that a run can be repeated. */
  function roll(): number {
    dice = (dice * 16_807) % 2_147_483_647;
    return dice / 2_147_483_647;
  }

  return {
    /** Parts of all requests, but for watches, that are told it is too many or that are cut off. */
    rate(throttled: number, reset: number, seed = 1): void {
      rates = { throttled, reset };
      dice = seed;
    },
    latency(ms: number): void {
      latencyMs = ms;
    },
    refuse(method: string, path: RegExp, code: number, message: string): void {
      refusals.push({ method, path, code, message });
    },
    relent(): void {
      refusals.length = 0;
    },
    forgetHistory(): void {
      for (const { store } of tenants()) store.forgetHistory();
    },
    cutWatches(): void {
      for (const response of watches) response.destroy();
    },

    /** Whether the request has been dealt with. */
    async strike(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
      const { method } = request;
      if (url.searchParams.get("watch")) {
        watches.add(response);
        response.once("close", () => watches.delete(response));
        return false;
      }
      if (latencyMs > 0) await sleep(latencyMs);
      const refusal = refusals.find((each) => each.method === method && each.path.test(url.pathname));
      if (refusal) {
        const { code, message } = refusal;
        send(response, code, new StatusError(code, "Refused", message).toJson());
        return true;
      }
      const chance = rates.throttled + rates.reset > 0 ? roll() : 1;
      if (chance < rates.reset) {
        request.socket.destroy();
        return true;
      }
      if (chance < rates.reset + rates.throttled) {
        request.resume();
        response.setHeader("retry-after", "0");
        send(
          response,
          429,
          new StatusError(429, "TooManyRequests", "Too many requests, please try again later.").toJson(),
        );
        return true;
      }
      return false;
    },
  };
}

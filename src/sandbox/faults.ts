import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { send } from "./serve.ts";
import { StatusError, tooMany } from "./status.ts";
import type { Tenant } from "./tenant.ts";

interface Refusal {
  method: string;
  path: RegExp;
  code: number;
  message: string;
}

export interface Faults {
  /** Parts of all requests, but for watches, that are told it is too many or that are cut off. */
  rate(throttled: number, reset: number, seed?: number): void;
  latency(ms: number): void;
  refuse(method: string, path: RegExp, code: number, message: string): void;
  /** Takes all refusals back. */
  relent(): void;
  /** Nobody can resume a watch from before. */
  forgetHistory(): void;
  cutWatches(): void;
  /** Whether the request has been dealt with. */
  strike(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
}

/** Ways for a cluster to misbehave, for tests and benchmarks. */
export function createFaults(tenants: () => Tenant[]): Faults {
  const refusals: Refusal[] = [];
  const watches = new Set<ServerResponse>();
  let rates = { throttled: 0, reset: 0, roll: diceFrom(1) };
  let latencyMs = 0;

  return {
    rate(throttled, reset, seed = 1) {
      rates = { throttled, reset, roll: diceFrom(seed) };
    },
    latency(ms) {
      latencyMs = ms;
    },
    refuse: (method, path, code, message) => void refusals.push({ method, path, code, message }),
    relent() {
      refusals.length = 0;
    },
    forgetHistory() {
      for (const { store } of tenants()) store.history.forget();
    },
    cutWatches() {
      for (const response of watches) response.destroy();
    },
    async strike(request, response, url) {
      if (url.searchParams.get("watch")) {
        watches.add(response);
        response.once("close", () => watches.delete(response));
        return false;
      }
      if (latencyMs > 0) await sleep(latencyMs);
      const refusal = refusals.find(
        ({ method, path }) => method === request.method && path.test(url.pathname),
      );
      if (!refusal) return misfortune(rates, request, response);
      send(response, refusal.code, new StatusError(refusal.code, "Refused", refusal.message).toJson());
      return true;
    },
  };
}

interface Rates {
  throttled: number;
  reset: number;
  roll: () => number;
}

function misfortune(
  { throttled, reset, roll }: Rates,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const chance = throttled + reset > 0 ? roll() : 1;
  if (chance >= reset + throttled) return false;
  if (chance < reset) {
    request.socket.destroy();
    return true;
  }
  request.resume();
  response.setHeader("retry-after", "0");
  const told = tooMany();
  send(response, told.code, told.toJson());
  return true;
}

/** The same numbers every time, so that a run can be repeated. */
function diceFrom(seed: number): () => number {
  let dice = seed;
  return () => {
    dice = (dice * 16_807) % 2_147_483_647;
    return dice / 2_147_483_647;
  };
}

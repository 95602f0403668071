import type { OutboundPool } from "./call.ts";
import type { TlsOptions } from "./dial.ts";
import { createJudge, lookUpAll, type Policy, type Resolve } from "./judge.ts";
import { targetUrl } from "./target-url.ts";

export interface Target {
  /** `https://host:port`; what follows is left to the caller. */
  origin: string;
  tls?: TlsOptions;
  connections?: number;
  /** Whether plain http will do, which carries credentials in the open. */
  allowPlain?: boolean;
  /** For what the server started itself, and for nothing a user names. */
  trusted?: boolean;
}

export type Outbound = ReturnType<typeof createOutbound>;

/** The one place that opens connections to addresses people name. No redirects, no proxies, no cookies. */
export function createOutbound({ policy, resolve = lookUpAll }: { policy: Policy; resolve?: Resolve }) {
  const judge = createJudge(policy, resolve);

  return {
    /** Refuses an address that may not be reached. A name nobody knows passes: it leads nowhere. */
    async judge(url: URL): Promise<void> {
      const { hostname, port } = placeOf(url);
      await judge.addressesOf(hostname, port).catch((error) => {
        if (!isLookupFailure(error)) throw error;
      });
    },

    pool({ origin, tls = {}, connections = 32, allowPlain = false, trusted = false }: Target): OutboundPool {
      const url = targetUrl(origin, { path: "/server", insecure: allowPlain || trusted });
      const to = { origin: url.origin, connections, place: { ...placeOf(url), tls, trusted } };
      return openedLater(async () => (await import("./pool.ts")).openPool(judge, to));
    },
  };
}

/** Opened with the first call: what it takes is large, and many a server never makes one. */
function openedLater(open: () => Promise<OutboundPool>): OutboundPool {
  let opening: Promise<OutboundPool> | undefined;
  let isClosed = false;
  const opened = () => {
    if (isClosed) throw Object.assign(new Error("The connections are closed"), { code: "ORRERY_CLOSED" });
    opening ??= open();
    return opening;
  };
  return {
    whole: async (call) => (await opened()).whole(call),
    open: async (call) => (await opened()).open(call),
    socket: async (call) => (await opened()).socket(call),
    async close() {
      isClosed = true;
      await (await opening)?.close();
    },
  };
}

function placeOf({ hostname, port, protocol }: URL): { hostname: string; port: number } {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return { hostname: host, port: port ? Number(port) : protocol === "https:" ? 443 : 80 };
}

function isLookupFailure(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

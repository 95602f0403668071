import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { invalid, Problem } from "../../core/problem.ts";
import { isLoopback, plainAddress, reachOf } from "./addresses.ts";

/** A place where this server, or a part of it, listens: nobody reaches it through a URL they name. */
export interface Listener {
  host: string;
  port: number;
}

export interface Policy {
  allowPrivateNetworks: boolean;
  /** `host:port` as in the URL, or with the address it stands for. */
  allowedAddresses: readonly string[];
  /** Live: listeners come and go, and the database counts as one. */
  listeners(): Iterable<Listener>;
}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<string[]>;

export type Judge = ReturnType<typeof createJudge>;

// Names by which platforms offer what their metadata addresses do.
const platformNames = /^(metadata|instance-data)(\.(google|azure|ec2|goog))?(\.internal|\.com)?$/;

export const lookUpAll: Resolve = async (hostname) => {
  const answers = await lookup(hostname, { all: true, order: "ipv4first" });
  return answers.map(({ address }) => address);
};

/** Says to which addresses a connection may be opened. */
export function createJudge(policy: Policy, resolve: Resolve) {
  const allowed = new Set(policy.allowedAddresses.map((each) => each.toLowerCase()));

  async function isOurs(address: string, port: number): Promise<boolean> {
    for (const listener of policy.listeners())
      if (listener.port === port && (await leadsTo(address, listener.host))) return true;
    return false;
  }

  /** A machine has many names for itself; another host's addresses are those its name stands for. */
  async function leadsTo(address: string, host: string): Promise<boolean> {
    const isHere = isLoopback(address) || ownAddresses().has(plainAddress(address));
    if (isHere && (isLoopback(host) || isWildcard(host) || host === "localhost")) return true;
    const answers = isIP(host) ? [host] : await resolve(host).catch(() => []);
    return answers.some((each) => plainAddress(each) === plainAddress(address));
  }

  async function mayReach(address: string, hostname: string, port: number): Promise<boolean> {
    const reach = reachOf(address);
    if (reach === "never" || (await isOurs(address, port))) return false;
    if (reach === "public" || policy.allowPrivateNetworks) return true;
    const name = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
    return allowed.has(`${name}:${port}`) || allowed.has(`${plainAddress(address)}:${port}`);
  }

  return {
    mayReach,
    /** The addresses of a host, resolved once; refused as a whole if one of them may not be reached. */
    async addressesOf(hostname: string, port: number): Promise<string[]> {
      if (platformNames.test(hostname)) throw addressRefused();
      const answers = isIP(hostname) ? [hostname] : await resolve(hostname);
      const verdicts = await Promise.all(answers.map((address) => mayReach(address, hostname, port)));
      if (!verdicts.every(Boolean)) throw addressRefused();
      return answers;
    },
  };
}

const refusal = "Address not allowed";

export const addressRefused = () => invalid(refusal);

/** Whether an address was refused, and not what answered there. */
export function isAddressRefused(error: unknown): boolean {
  return error instanceof Problem && error.message === refusal;
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function ownAddresses(): Set<string> {
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  return new Set(all.map(({ address }) => plainAddress(address)));
}

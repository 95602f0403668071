import type { FastifyRequest } from "fastify";
import { Problem } from "../../core/problem.ts";

/** Somebody who is known was refused what they may not do. */
export interface Denial {
  user_id: string;
  /** The method and the address, without what stands behind a question mark. */
  object: string;
  address: string;
}

const longest = 300;

/** Who was denied what, where it is that which went wrong. */
export function denialIn(error: unknown, { method, url, ip, access }: FastifyRequest): Denial | undefined {
  const user_id = access?.user?.id;
  if (!(error instanceof Problem) || error.kind !== "forbidden" || user_id === undefined) return undefined;
  const [path = ""] = url.split("?");
  return { user_id, object: `${method} ${path}`.slice(0, longest), address: ip };
}

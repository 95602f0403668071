import type { Obj } from "./objects.ts";
import { apiVersionOf } from "./resources.ts";
import { fieldTest, labelTest } from "./selectors.ts";
import { badRequest, expiredContinue } from "./status.ts";
import type { Store } from "./store.ts";
import type { Target } from "./target.ts";

/** The objects a request is about, in the order of their keys. */
export function selected(store: Store, { resource, namespace }: Target, query: URLSearchParams): Obj[] {
  const isLabelled = labelTest(query.get("labelSelector") ?? "");
  const hasFields = fieldTest(query.get("fieldSelector") ?? "", resource);
  return store
    .all(resource, namespace)
    .filter((each) => isLabelled(each) && hasFields(each))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ metadata: { namespace = "", name } }: Obj) => `${namespace}/${name}`;

/** One page of a list. Its items do not say what they are. */
export function listOf(store: Store, target: Target, query: URLSearchParams): object {
  const { resource } = target;
  const token = query.get("continue") ?? "";
  const limit = limitOf(query.get("limit"));
  const from = token ? readToken(store, token) : undefined;
  const all = selected(store, target, query).filter((each) => !from || keyOf(each) > from.after);
  const page = limit > 0 ? all.slice(0, limit) : all;
  const last = page.at(-1);
  const version = from?.version ?? store.version();
  const isMore = page.length < all.length && last !== undefined;
  const isWhole = !query.get("labelSelector") && !query.get("fieldSelector");
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: version,
      ...(isMore && { continue: tokenOf(version, keyOf(last)) }),
      ...(isMore && isWhole && { remainingItemCount: all.length - page.length }),
    },
    items: page.map(({ apiVersion: _, kind: __, ...item }) => item),
  };
}

function limitOf(given: string | null): number {
  if (given === null || given === "") return 0;
  if (!/^-?\d+$/.test(given))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`);
  return Number(given);
}

const tokenOf = (version: string, after: string) =>
  Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: Number(version), start: after })).toString(
    "base64url",
  );

/** A page continues where the one before ended; not for ever, as the history is not kept for ever. */
function readToken(store: Store, token: string): { version: string; after: string } {
  let read: { rv?: unknown; start?: unknown } = {};
  try {
    read = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    // Said below.
  }
  const { rv, start } = read;
  if (typeof rv !== "number" || typeof start !== "string")
    throw badRequest("invalid continue token: continue key is not valid");
  if (rv < store.history.oldest()) throw expiredContinue();
  return { version: String(rv), after: start };
}

import { wholeList } from "./listing.ts";
import { type Projection, whole } from "./projection.ts";
import { type Change, type Following, isForbidden, type Watching } from "./watching.ts";

type Tell = (change: Change) => void;

const warnings = { apiVersion: "v1", kind: "Event", fieldSelector: "type!=Normal" };

/**
 * Following warnings. Events bear no labels to be selected by: one watch tells of those in all namespaces, and only
 * what names a namespace that is followed is parsed.
 */
export function warningCalls(watching: Watching) {
  const followed = createCounts();
  let hasBegun = false;
  const ofFollowed: Projection = {
    ...whole,
    name: "of followed namespaces",
    wants(bytes) {
      hasBegun = true;
      return followed.isNamedIn(bytes);
    },
  };

  /** What was passed over until somebody followed the namespace is asked for once. */
  async function catchUp(namespace: string, tell: Tell): Promise<void> {
    const { signal } = new AbortController();
    const listing = await watching.listing({ ...warnings, namespace }, whole);
    for (const object of await wholeList(listing, signal)) tell({ object, isGone: false });
  }

  function followBroadly(namespace: string, tell: Tell): Following {
    const isLate = hasBegun && !followed.has(namespace);
    followed.add(namespace);
    const following = watching.follow(warnings, ofFollowed, (change) => {
      if (change.object.metadata.namespace === namespace) tell(change);
    });
    return {
      ...following,
      listed: isLate ? following.listed.then(() => catchUp(namespace, tell)) : following.listed,
      leave() {
        followed.remove(namespace);
        following.leave();
      },
    };
  }

  return {
    /** Follows the warnings of a namespace, about whatever they are. */
    followWarnings(namespace: string, tell: Tell): Following {
      let current = followBroadly(namespace, tell);
      let isLeft = false;
      const leave = () => {
        if (!isLeft) current.leave();
        isLeft = true;
      };
      const narrow = async (error: unknown) => {
        if (isLeft || !isForbidden(error)) throw error;
        current.leave();
        current = watching.follow({ ...warnings, namespace }, whole, tell);
        await current.listed;
      };
      const listed = current.listed.catch(narrow);
      listed.catch(() => undefined);
      return { listed, objects: () => current.objects(), stale: () => current.stale(), leave };
    },
  };
}

/** How often each namespace is followed, and whether bytes name one that is. */
function createCounts() {
  const counts = new Map<string, number>();
  let names: Buffer[] = [];

  function change(namespace: string, by: number): void {
    const count = (counts.get(namespace) ?? 0) + by;
    if (count > 0) counts.set(namespace, count);
    else counts.delete(namespace);
    names = [...counts.keys()].map((name) => Buffer.from(`"${name}"`));
  }

  return {
    has: (namespace: string) => counts.has(namespace),
    add: (namespace: string) => change(namespace, 1),
    remove: (namespace: string) => change(namespace, -1),
    isNamedIn: (bytes: Buffer) => names.some((name) => bytes.includes(name)),
  };
}

import type { FieldChange } from "../../contract/plan.ts";
import { isMap, type Keys, pointer } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { isSame, own } from "./json-values.ts";
import { keyOfItems } from "./keyed-lists.ts";
import { otherOwnerAt } from "./managed-fields.ts";
import { withoutSecrets } from "./secret-values.ts";

interface Options {
  /** Ourselves, as a field manager. */
  manager: string;
  /** Whether the data is to be masked, as a Secret's is in any case. */
  secret?: boolean;
}

/** A field that differs: where it is to be found in either object. */
interface Difference {
  path: Keys;
  livePath: Keys;
  from: unknown;
  to: unknown;
}

interface Place {
  planned: Keys;
  live: Keys;
}

/** What the server keeps about every object: it changes by itself, and is nobody's wish. */
const serversOwn = new Set([
  "/apiVersion",
  "/kind",
  "/status",
  "/metadata/resourceVersion",
  "/metadata/generation",
  "/metadata/managedFields",
  "/metadata/uid",
  "/metadata/creationTimestamp",
  "/metadata/selfLink",
  "/metadata/deletionTimestamp",
  "/metadata/deletionGracePeriodSeconds",
]);

/** Every Job made gets its own, so that they say nothing of one made anew. */
const ownOfJob = new Set(["controller-uid", "batch.kubernetes.io/controller-uid"]);

/** What an apply would change: between an object and the server's answer to the dry run of it. */
export function changesOf(
  live: KubernetesObject | undefined,
  planned: KubernetesObject,
  { manager, secret = false }: Options,
): FieldChange[] {
  if (!live) return [];
  const isSecret = secret || planned.kind === "Secret";
  const isIgnored = (at: Keys) =>
    serversOwn.has(pointer(...at)) || (planned.kind === "Job" && ownOfJob.has(String(at.at(-1))));
  return differences(live, planned, { planned: [], live: [] }, isIgnored).map(
    ({ path, livePath, from, to }) => {
      const [before, after] = [from, to].map((value) => (isSecret ? withoutSecrets(value, path) : { value }));
      const owner = otherOwnerAt(live, pointer(...livePath), manager);
      return {
        path: pointer(...path),
        ...(from !== undefined && { from: shortened(before?.value) }),
        ...(to !== undefined && { to: shortened(after?.value) }),
        ...([before, after].some((each) => each && "secret" in each && each.secret) && { secret: true }),
        ...(owner && { owner }),
      };
    },
  );
}

type IsIgnored = (at: Keys) => boolean;

function differences(live: unknown, planned: unknown, at: Place, isIgnored: IsIgnored): Difference[] {
  if (isIgnored(at.planned) || isSame(live, planned)) return [];
  const [from, to] = isData(at.planned) ? [live ?? {}, planned ?? {}] : [live, planned];
  if (isMap(from) && isMap(to)) return differencesOfMaps(from, to, at, isIgnored);
  if (Array.isArray(from) && Array.isArray(to)) return differencesOfLists(from, to, at, isIgnored);
  return [{ path: at.planned, livePath: at.live, from, to }];
}

/** Values are told one by one, even where there were none at all. */
const isData = (at: Keys) => at.length === 1 && ["data", "stringData", "binaryData"].includes(String(at[0]));

function differencesOfMaps(
  live: Readonly<Record<string, unknown>>,
  planned: Readonly<Record<string, unknown>>,
  at: Place,
  isIgnored: IsIgnored,
): Difference[] {
  return [...new Set([...Object.keys(planned), ...Object.keys(live)])].flatMap((key) =>
    differences(own(live, key), own(planned, key), inside(at, key, key), isIgnored),
  );
}

const inside = (at: Place, planned: string | number, live: string | number): Place => ({
  planned: [...at.planned, planned],
  live: [...at.live, live],
});

/** As JSON Pointer names what is not in a list yet: it belongs to those who own the list as a whole. */
const nowhere = "-";

function differencesOfLists(
  live: readonly unknown[],
  planned: readonly unknown[],
  at: Place,
  isIgnored: IsIgnored,
): Difference[] {
  const keyOf = keyOfItems(live, planned);
  const whole = { path: at.planned, livePath: at.live, from: live, to: planned };
  if (!keyOf) {
    const isByPlace = live.length === planned.length && [...live, ...planned].every(isMap);
    return isByPlace
      ? planned.flatMap((item, index) => differences(live[index], item, inside(at, index, index), isIgnored))
      : [whole];
  }
  const [before, after] = [live.map(keyOf), planned.map(keyOf)];
  const changed = planned.flatMap((item, index) => {
    const was = before.indexOf(after[index] ?? "");
    return differences(live[was], item, inside(at, index, was === -1 ? nowhere : was), isIgnored);
  });
  const gone = live.flatMap((item, index) =>
    after.includes(before[index] ?? "")
      ? []
      : differences(item, undefined, inside(at, index, index), isIgnored),
  );
  const isReordered = !isSame(
    before.filter((key) => after.includes(key)),
    after.filter((key) => before.includes(key)),
  );
  const order = isReordered ? [{ ...whole, livePath: [...at.live, nowhere] }] : [];
  return [...order, ...changed, ...gone];
}

const mostCharacters = 4_096;

/** A change is there to be read: what is longer than anybody reads is told by its beginning. */
function shortened(value: unknown): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined || text.length <= mostCharacters) return value;
  return `${text.slice(0, mostCharacters).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

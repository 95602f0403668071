import { amountOf } from "../catalog/amounts.ts";
import { toBase64 } from "../catalog/base64.ts";
import { isMap, type Keys, pointer } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { isSame, own } from "./json-values.ts";
import { keyOfItems } from "./keyed-lists.ts";
import { isTakenWhole, managedFieldsOf, otherOwnerAt, ownersAt } from "./managed-fields.ts";
import { isQuantityPlace } from "./quantity-places.ts";
import { withoutSecrets } from "./secret-values.ts";

/** A field that is no longer as it was designed; `live` is absent where the field is. */
export interface FieldDrift {
  /** JSON Pointer into the designed object. */
  path: string;
  designed: unknown;
  live?: unknown;
  /** Who manages the field now, unless it is ourselves, and since when. */
  manager?: string;
  at?: string;
}

interface Difference {
  at: Place;
  designed: unknown;
  live: unknown;
}

interface Place {
  designed: Keys;
  live: Keys;
}

/**
 * What of a compiled object is otherwise in the cluster. What the design does not speak of is free: defaults, and
 * what others added. The live object has to have its managedFields.
 */
export function driftOf(desired: KubernetesObject, live: KubernetesObject, manager = "orrery"): FieldDrift[] {
  const found = new Drift(live, manager).between(withData(desired), live, { designed: [], live: [] });
  return found.map(({ at, designed, live: value }) => {
    const shown = (each: unknown) =>
      desired.kind === "Secret" ? withoutSecrets(each, at.designed).value : each;
    const owner = otherOwnerAt(live, pointer(...at.live), manager);
    return {
      path: pointer(...at.designed),
      designed: shown(designed),
      ...(value !== undefined && { live: shown(value) }),
      ...owner,
    };
  });
}

/** A cluster never shows what was given as text: it becomes data. */
function withData(object: KubernetesObject): Record<string, unknown> {
  const { stringData, data, ...others } = object as KubernetesObject & Record<"stringData" | "data", unknown>;
  const texts = isMap(stringData) && object.kind === "Secret" ? Object.entries(stringData) : [];
  const encoded = Object.fromEntries(texts.map(([key, text]) => [key, toBase64(String(text))]));
  return {
    ...others,
    ...(isMap(data) || texts.length > 0 ? { data: { ...(isMap(data) && data), ...encoded } } : {}),
  };
}

const identity = new Set(["/apiVersion", "/kind", "/metadata/name", "/metadata/namespace", "/status"]);

/** Values are told one by one, even where none is left. */
const isData = (at: Keys) => at.length === 1 && (at[0] === "data" || at[0] === "binaryData");

/** As JSON Pointer names what is not in a list. */
const nowhere = "-";

class Drift {
  readonly #live: KubernetesObject;
  readonly #manager: string;
  readonly #isManaged: boolean;

  constructor(live: KubernetesObject, manager: string) {
    this.#live = live;
    this.#manager = manager;
    this.#isManaged = managedFieldsOf(live).some((entry) => entry.manager === manager);
  }

  between(designed: unknown, found: unknown, at: Place): Difference[] {
    const live = found ?? (isData(at.designed) && isMap(designed) ? {} : found);
    const isSilent = designed === undefined || designed === null || identity.has(pointer(...at.designed));
    if (isSilent || isSame(designed, live)) return [];
    if (live === undefined) return this.#isLeftOut(designed, at) ? [] : [{ at, designed, live }];
    if (isMap(designed) && isMap(live)) return this.#betweenMaps(designed, live, at);
    if (Array.isArray(designed) && Array.isArray(live)) return this.#betweenLists(designed, live, at);
    return isSameAmount(designed, live, at.designed) ? [] : [{ at, designed, live }];
  }

  #betweenMaps(designed: Record<string, unknown>, live: Record<string, unknown>, at: Place): Difference[] {
    const isMore = Object.keys(live).some((key) => !Object.hasOwn(designed, key));
    if (isMore && this.#isTaken(at)) return [{ at, designed, live }];
    return Object.entries(designed).flatMap(([key, value]) =>
      this.between(value, own(live, key), inside(at, key, key)),
    );
  }

  #betweenLists(designed: readonly unknown[], live: readonly unknown[], at: Place): Difference[] {
    const whole = [{ at, designed, live }];
    if (at.designed.at(-1) === "finalizers")
      return designed.every((each) => live.includes(each)) ? [] : whole;
    const keyOf = keyOfItems(designed, live);
    if (!keyOf) {
      const isByPlace = designed.length === live.length && [...designed, ...live].every(isMap);
      return isByPlace
        ? designed.flatMap((item, index) => this.between(item, live[index], inside(at, index, index)))
        : whole;
    }
    const [wanted, there] = [designed.map(keyOf), live.map(keyOf)];
    if (there.some((key) => !wanted.includes(key)) && this.#isTaken(at)) return whole;
    return designed.flatMap((item, index) => {
      const found = there.indexOf(wanted[index] ?? "");
      return this.between(item, live[found], inside(at, index, found === -1 ? nowhere : found));
    });
  }

  /** What others added to a list that can only be had as a whole is not beside the design but instead of it. */
  #isTaken(at: Place): boolean {
    return isTakenWhole(this.#live, pointer(...at.live), this.#manager);
  }

  /** Kubernetes leaves out a false or an empty text where it means the same; it is still owned, unlike what was taken away. */
  #isLeftOut(designed: unknown, at: Place): boolean {
    const isOwned = () =>
      ownersAt(this.#live, pointer(...at.live)).some((owner) => owner.manager === this.#manager);
    return isBlank(designed) && (!this.#isManaged || isOwned());
  }
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) ? Object.values(value).every(isBlank) : !value;
}

const inside = (at: Place, designed: string | number, live: string | number): Place => ({
  designed: [...at.designed, designed],
  live: [...at.live, live],
});

/** Kubernetes writes quantities its own way: `0.5` becomes `500m`. */
function isSameAmount(designed: unknown, live: unknown, at: Keys): boolean {
  if (!isQuantityPlace(at)) return false;
  const [a, b] = [designed, live].map((value) =>
    typeof value === "string" || typeof value === "number" ? amountOf(value) : undefined,
  );
  // Powers of ten below one are not exact as numbers.
  return a !== undefined && b !== undefined && Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * 1e-12;
}

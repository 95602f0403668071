type Raw = Record<string, unknown>;
type Read<T> = (value: unknown) => T | undefined;
/** `undefined` takes a parameter out of the address. */
type Params<Readers extends Record<string, Read<unknown>>> = {
  [Name in keyof Readers]?: ReturnType<Readers[Name]>;
};

/** What an address says after its `?`: what is not understood is left out, so that no address breaks a page. */
export function searchParams<const Readers extends Record<string, Read<unknown>>>(readers: Readers) {
  return (raw: Raw): Params<Readers> =>
    Object.fromEntries(
      Object.entries(readers).flatMap(([name, read]) => {
        const value = read(raw[name]);
        return value === undefined ? [] : [[name, value]];
      }),
    ) as Params<Readers>;
}

/** A text such as a filter or an id; digits alone reach us as a number. */
export function text(value: unknown): string | undefined {
  const is = typeof value === "string" || typeof value === "number";
  return is && String(value) !== "" ? String(value) : undefined;
}

export function wholeNumber(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 1 ? Number(value) : undefined;
}

export function flag(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Read<Word> {
  return (value) => words.find((word) => word === value);
}

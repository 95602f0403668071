export type Dice = ReturnType<typeof diceFrom>;

/** The same throws for the same seed (mulberry32), so that a soak's plan can be had again. */
export function diceFrom(seed: number) {
  let state = seed >>> 0;
  function roll(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    below: (limit: number) => Math.floor(roll() * limit),
    /** Not to be asked of an empty list. */
    pick: <T>(from: readonly [T, ...T[]]): T => from[Math.floor(roll() * from.length)] ?? from[0],
  };
}

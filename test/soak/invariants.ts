/** What must hold however long it goes on, and whatever happens meanwhile. */
export const invariants = {
  saves: "every answered save is what is read afterwards",
  versions: "version numbers go up by one",
  runs: "no run goes on for longer than its time and a minute",
  verdicts: "a run that says it succeeded left in the cluster what was drawn",
  streams: "a stream ends in the state that is stored",
  answers: "no answer is a failure of ours",
  strangers: "nobody reads what is another's",
  cluster: "the simulated cluster understood everything it was asked",
  words: "the server had nothing to complain of",
  descriptors: "as many files and sockets are open as before",
  memory: "memory does not grow",
} as const;
export type Invariant = keyof typeof invariants;

const mostShown = 3;

/** Counts how often each was looked at, and keeps what was seen that should not be. */
export function createLedger() {
  const looks = new Map<Invariant, number>();
  const breaches = new Map<Invariant, string[]>();

  return {
    hold(invariant: Invariant, holds: boolean, otherwise: () => string): void {
      looks.set(invariant, (looks.get(invariant) ?? 0) + 1);
      if (!holds) breaches.set(invariant, [...(breaches.get(invariant) ?? []), otherwise()]);
    },

    /** One line each. What was never looked at has not been shown to hold. */
    lines(): string[] {
      return (Object.keys(invariants) as Invariant[]).flatMap((each) => {
        const broken = breaches.get(each) ?? [];
        const count = looks.get(each) ?? 0;
        const verdict = broken.length > 0 ? "BROKEN" : count > 0 ? "holds" : "not looked at";
        const shown = broken.slice(0, mostShown).map((sentence) => `    ${sentence}`);
        return [
          `${verdict.padEnd(13)} ${invariants[each]} (${count} looks, ${broken.length} breaches)`,
          ...shown,
        ];
      });
    },

    isWhole: (): boolean => breaches.size === 0,
  };
}
export type Ledger = ReturnType<typeof createLedger>;

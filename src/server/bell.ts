/** Remembers that it rang while nobody was listening. */
export function createBell() {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    async heard(): Promise<void> {
      await rung.promise;
      rung = Promise.withResolvers();
    },
  };
}

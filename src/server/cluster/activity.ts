/** How long nobody has asked anything. */
export function createActivity() {
  let running = 0;
  let lastMs = performance.now();

  function enter(): () => void {
    let isIn = true;
    running += 1;
    return () => {
      if (!isIn) return;
      isIn = false;
      running -= 1;
      lastMs = performance.now();
    };
  }

  return {
    enter,
    async during<T>(work: () => Promise<T>): Promise<T> {
      const leave = enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
    idleMs: () => (running > 0 ? 0 : performance.now() - lastMs),
  };
}

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
    async during<T>(work: () => Promise<T>): Promise<T> {
      const leave = enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
    /** As long as what is opened, which says when it is closed. */
    async until<T>(open: (closed: () => void) => Promise<T>): Promise<T> {
      const leave = enter();
      try {
        return await open(leave);
      } catch (error) {
        leave();
        throw error;
      }
    },
    idleMs: () => (running > 0 ? 0 : performance.now() - lastMs),
  };
}

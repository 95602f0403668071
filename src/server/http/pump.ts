/**
 * Tells what there is to tell, in the turn in which it is told of, until something has to be waited for. It is what
 * happens most, and for every reader: promises would cost more than the writing.
 */
export function createPump(tellNext: () => Told, end: AbortSignal) {
  const ended = Promise.withResolvers<void>();
  end.addEventListener("abort", () => ended.resolve());
  let isWaiting = false;

  function flush(): void {
    while (!end.aborted) {
      const told = tellNext();
      if (told === "nothing") return;
      if (told === "told") continue;
      waitFor(told);
      return;
    }
  }

  function waitFor(work: Promise<void>): void {
    isWaiting = true;
    const goOn = () => {
      isWaiting = false;
      flush();
    };
    work.then(goOn).catch((error) => void (end.aborted || ended.reject(error)));
  }

  return {
    ended: ended.promise,
    begin: waitFor,
    wake(): void {
      if (!isWaiting) flush();
    },
  };
}

/** Whether anything was told, or is still being told. */
export type Told = "told" | "nothing" | Promise<void>;

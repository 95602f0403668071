import { unavailable } from "../../../core/problem.ts";

const mostWaiting = 50;

/** Does what has the same key one after another, so that what one learns the next one knows. */
export function createOneAtATime() {
  const lines = new Map<string, (() => void)[]>();

  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const line = lines.get(key);
    if (!line) lines.set(key, []);
    else if (line.length >= mostWaiting) throw unavailable("Too many attempts at once; try again", 2);
    else await new Promise<void>((go) => line.push(go));
    try {
      return await work();
    } finally {
      const next = lines.get(key)?.shift();
      if (next) next();
      else lines.delete(key);
    }
  };
}

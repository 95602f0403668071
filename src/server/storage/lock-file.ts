import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Keeps every other server away from the same data, for as long as this process lives: the lock is the operating
 * system's, so it ends with the process however that ends.
 */
export function lockFile(path: string): () => void {
  const lock = new DatabaseSync(`${path}.lock`);
  try {
    lock.exec("pragma busy_timeout = 0; begin exclusive");
  } catch {
    lock.close();
    throw new Error(
      `Another Orrery server is using ${dirname(path)}: stop it, or give this one a folder of its own in ORRERY_DATA_DIR`,
    );
  }
  return () => lock.close();
}

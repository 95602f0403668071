import { createControllers } from "./controllers/controllers.ts";
import { createLogBook, type LogBook } from "./log-book.ts";
import { createQuotas } from "./quotas.ts";
import { seed } from "./seed.ts";
import { type Kept, restore } from "./snapshot.ts";
import { createStore, type Store } from "./store.ts";
import { type Complain, createSystem } from "./system.ts";
import { createWrites, type Writes } from "./writes.ts";

export interface Tenant {
  name: string;
  store: Store;
  writes: Writes;
  book: LogBook;
  stop(): void;
}

interface TenantOptions {
  name: string;
  pace: number;
  maxObjects: number;
  complain: Complain;
  /** What it had when the server was stopped. */
  kept?: Kept | undefined;
}

/** One owner's cluster: objects of its own, and controllers that look after them. */
export function createTenant({ name, pace, maxObjects, complain, kept }: TenantOptions): Tenant {
  const store = createStore(maxObjects, kept?.version);
  const book = createLogBook(store.history);
  const writes = createWrites(store, createQuotas(store));
  const system = createSystem(store, writes, pace, complain);
  const controllers = createControllers(store, system, complain);
  if (kept) restore(store, kept);
  else seed(system);
  return {
    name,
    store,
    writes,
    book,
    stop() {
      controllers.stop();
      system.stop();
    },
  };
}

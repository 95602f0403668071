import { createControllers } from "./controllers/controllers.ts";
import { createQuotas } from "./quotas.ts";
import { seed } from "./seed.ts";
import { createStore, type Store } from "./store.ts";
import { createSystem } from "./system.ts";
import { createWrites, type Writes } from "./writes.ts";

export interface Tenant {
  store: Store;
  writes: Writes;
  stop(): void;
}

/** One owner's cluster: objects of its own, and controllers that look after them. */
export function createTenant({ pace, maxObjects }: { pace: number; maxObjects: number }): Tenant {
  const store = createStore(maxObjects);
  const writes = createWrites(store, createQuotas(store));
  const system = createSystem(store, writes, pace);
  const controllers = createControllers(store, system);
  seed(system);
  return {
    store,
    writes,
    stop() {
      controllers.stop();
      system.stop();
    },
  };
}

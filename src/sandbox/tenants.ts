import type { IncomingMessage } from "node:http";
import { type Kept, keptFrom, snapshotOf } from "./snapshot.ts";
import { StatusError, unauthorized } from "./status.ts";
import { createTenant, type Tenant } from "./tenant.ts";

interface TenantsOptions {
  pace: number;
  maxObjects: number;
  restore: string | undefined;
  onChange: (() => void) | undefined;
  tokenOf: (name: string) => string;
}

const keptComplaints = 100;

export type Tenants = ReturnType<typeof createTenants>;

/** Who is let in, each into a cluster that is made when it is first asked for. */
export function createTenants({ pace, maxObjects, restore, onChange, tokenOf }: TenantsOptions) {
  const tenants = new Map<string, Tenant>();
  const names = new Map<string, string>();
  const complaints: string[] = [];
  const complain = (error: unknown) => {
    // Refusals are part of a controller's life: quotas, names taken, namespaces on their way out.
    if (error instanceof StatusError || complaints.length >= keptComplaints) return;
    complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const kept = restore === undefined ? new Map<string, Kept>() : keptFrom(restore);

  function open(name: string): Tenant {
    const tenant = createTenant({ name, pace, maxObjects, complain, kept: kept.get(name) });
    tenants.set(name, tenant);
    kept.delete(name);
    if (onChange) tenant.store.history.listen(onChange);
    onChange?.();
    return tenant;
  }

  return {
    complaints,
    complain,
    all: (): Tenant[] => [...tenants.values()],
    issue(name: string): string {
      const token = tokenOf(name);
      names.set(token, name);
      return token;
    },
    /** Whose request it is; a token that was never issued is nobody's. */
    of({ headers }: IncomingMessage): Tenant {
      const [scheme, token = ""] = (headers.authorization ?? "").split(" ");
      const name = scheme === "Bearer" ? names.get(token) : undefined;
      if (name === undefined) throw unauthorized();
      return tenants.get(name) ?? open(name);
    },
    snapshot(): string {
      const now = [...tenants].map(([name, { store }]): [string, Kept] => [name, snapshotOf(store)]);
      return JSON.stringify([...kept, ...now]);
    },
    stop(): void {
      for (const tenant of tenants.values()) tenant.stop();
    },
  };
}

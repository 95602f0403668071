import { createHash } from "node:crypto";
import type { Design } from "../../src/contract/design.ts";
import type { Workflow } from "../../src/contract/workflows.ts";
import { toJsonText } from "../../src/core/json-text.ts";
import { textsOf } from "../../src/core/search/texts-of.ts";
import type { Database } from "../../src/server/storage/database.ts";

const things = "ledger parcel invoice basket catalog tenant session voucher courier stock".split(" ");
const roles = "worker gateway importer mirror cache relay".split(" ");
const at = "2026-01-01T00:00:00.000Z";
const batch = 500;

const idOf = (number: number) => number.toString(16).padStart(24, "0");
/** Ids of people that differ in all their places, as those that are made by chance. */
export const ownerOf = (owner: number) =>
  createHash("sha256").update(String(owner)).digest("hex").slice(0, 24);

/** So many workflows of each owner: one has exactly the name that is sought, some have it among other words. */
export async function fillWorkflows(database: Database, owners: number, each: number): Promise<void> {
  for (let owner = 0; owner < owners; owner += 1) {
    await addOwner(database, ownerOf(owner));
    for (let first = 0; first < each; first += batch) {
      const count = Math.min(batch, each - first);
      await addBatch(
        database,
        Array.from({ length: count }, (_, at) => workflow(owner, owner * each + first + at, first + at)),
      );
    }
  }
}

async function addOwner(database: Database, id: string): Promise<void> {
  await database.write((tx) =>
    tx
      .insertInto("users")
      .values({
        ...{ id, name: "Ada", email: `${id}@example.com`, role: "user", password_hash: "", avatar_url: "" },
        ...{ auth_provider: "", default_cluster_id: null, created_at: at, updated_at: at },
      })
      .execute(),
  );
}

type Made = Pick<Workflow, "id" | "name" | "description" | "tags"> & Design & { owner_id: string };

function workflow(owner: number, number: number, index: number): Made {
  const [thing = "", role = ""] = [things[index % things.length], roles[index % roles.length]];
  const data = { name: `${thing}-${role}`, image: `ghcr.io/acme/${thing}:${index % 7}.1` };
  return {
    ...{ id: idOf(number), owner_id: ownerOf(owner), name: nameOf(index, `${thing} ${role}`), tags: [thing] },
    description: `The service that keeps every ${thing} of the shop, number ${index}`,
    nodes: [{ id: "n1", type: "deployment", position: { x: 0, y: 0 }, data }],
    edges: [],
  };
}

/** Most are called by what they do; the oldest has the exact name, so that it does not come first by its age. */
function nameOf(index: number, what: string): string {
  if (index === 0) return "Storefront";
  if (index % 50 === 0) return `The storefront ${index}`;
  return index === 7 ? "Quokka enclosure" : `${what} service ${index}`;
}

async function addBatch(database: Database, made: readonly Made[]): Promise<void> {
  const rows = made.map((each) => ({
    ...{ id: each.id, owner_id: each.owner_id, name: each.name, description: each.description },
    search: `${each.name} ${each.description}`.toLowerCase(),
    ...{ status: "draft" as const, revision: 1, changes: 0, canvas: null, deleted_at: null },
    ...{ head: toJsonText(each) as never, document: toJsonText(each) as never },
    ...{ created_at: at, updated_at: at },
  }));
  const texts = made.map((each) => ({
    ...{ owner_id: each.owner_id, workflow_id: each.id },
    ...textsOf(each as unknown as Workflow),
  }));
  await database.write(async (tx) => {
    await tx.insertInto("workflows").values(rows).execute();
    await tx.insertInto("search_texts").values(texts).execute();
  });
}

import type { Workflow } from "../../contract/workflows.ts";
import type { JsonText } from "../../core/json-text.ts";
import type { Database } from "./database.ts";
import type { KnownDocument } from "./tables.ts";

/** An answer ready to be sent, and the name of its state. */
export interface StoredAnswer {
  body: Buffer | string;
  etag: string;
}

interface Kept extends Omit<KnownDocument, "document"> {
  /** As it was written or read, until somebody asks for its bytes. */
  body: JsonText<Workflow> | Buffer;
  size: number;
}

const limitBytes = 32 * 1_048_576;

export type KeptDocuments = ReturnType<typeof keptDocuments>;

/**
 * Documents that were written or read lately, at most 32 MiB of them; the store forgets what a commit has changed.
 * Only where nobody else can write to the database.
 */
export function keptDocuments({ exclusive, onChanged }: Pick<Database, "exclusive" | "onChanged">) {
  const kept = new Map<string, Kept>();
  let size = 0;
  let commits = 0;

  function forget(id: string): void {
    size -= kept.get(id)?.size ?? 0;
    kept.delete(id);
  }

  function remember(id: string, { owner_id, revision, changes, document }: KnownDocument): void {
    // In bytes no character is shorter than one, and few are longer.
    const { length } = document;
    if (!exclusive || length > limitBytes / 8) {
      forget(id);
      return;
    }
    size += length - (kept.get(id)?.size ?? 0);
    // In the place it had: a map that loses and gains with every save makes itself anew all the time.
    kept.set(id, { owner_id, revision, changes, body: document, size: length });
    for (const [oldest] of kept) {
      if (size <= limitBytes) break;
      forget(oldest);
    }
  }

  onChanged((changed) => {
    commits += 1;
    for (const [id, known] of changed) {
      if (known) remember(id, known);
      else forget(id);
    }
  });

  return {
    /** How it is sent to its owner. */
    answer(id: string, owner_id: string): StoredAnswer | undefined {
      const one = kept.get(id);
      return one?.owner_id === owner_id ? { body: bytesOf(one), etag: etagOf(one) } : undefined;
    },

    find(id: string): KnownDocument | undefined {
      const one = kept.get(id);
      if (!one) return undefined;
      const { owner_id, revision, changes } = one;
      return { owner_id, revision, changes, document: textOf(one) };
    },

    /** Counts commits: what was read before one is not kept after it. */
    moment: (): number => commits,

    keep(id: string, moment: number, known: KnownDocument): void {
      if (moment === commits) remember(id, known);
    },
  };
}

/** What names the state of a document. */
export function etagOf({ revision, changes }: Pick<KnownDocument, "revision" | "changes">): string {
  return `"${revision}-${changes}"`;
}

/** Made once, and then the text is not kept beside it. */
function bytesOf(one: Kept): Buffer {
  if (typeof one.body === "string") one.body = Buffer.from(one.body);
  return one.body;
}

function textOf({ body }: Kept): JsonText<Workflow> {
  return typeof body === "string" ? body : (body.toString() as JsonText<Workflow>);
}

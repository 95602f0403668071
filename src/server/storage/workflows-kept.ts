import type { Database } from "./database.ts";

/** An answer ready to be sent, and the name of its state. */
export interface StoredAnswer {
  body: Buffer | string;
  etag: string;
}

interface Kept {
  owner_id: string;
  body: Buffer;
  etag: string;
}

const limitBytes = 32 * 1_048_576;

/** Bytes of documents that were read lately; the store forgets what a commit has changed. At most 32 MiB. */
export function keptAnswers({ exclusive, onChanged }: Pick<Database, "exclusive" | "onChanged">) {
  const kept = new Map<string, Kept>();
  let bytes = 0;
  let commits = 0;

  function forget(id: string): void {
    bytes -= kept.get(id)?.body.length ?? 0;
    kept.delete(id);
  }

  onChanged((ids) => {
    commits += 1;
    for (const id of ids) forget(id);
  });

  return {
    find: (id: string): Kept | undefined => kept.get(id),
    /** Counts commits: what was read before one is not kept after it. */
    moment: (): number => commits,

    keep(id: string, moment: number, owner_id: string, document: string, etag: string): StoredAnswer {
      if (!exclusive || moment !== commits) return { body: document, etag };
      const body = Buffer.from(document);
      if (body.length > limitBytes / 8) return { body, etag };
      forget(id);
      for (const [oldest] of kept) {
        if (bytes + body.length <= limitBytes) break;
        forget(oldest);
      }
      bytes += body.length;
      kept.set(id, { owner_id, body, etag });
      return { body, etag };
    },
  };
}

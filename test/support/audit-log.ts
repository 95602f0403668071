import { open, readFile, stat } from "node:fs/promises";

/** A write the product asked a cluster for; dry runs are none. */
export interface Write {
  /** When the cluster was asked, in milliseconds since 1970. */
  at: number;
  method: string;
  path: string;
}

interface AuditEvent {
  verb: string;
  requestURI: string;
  userAgent?: string;
  requestReceivedTimestamp: string;
}

const methods: Readonly<Record<string, string>> = {
  create: "POST",
  update: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  deletecollection: "DELETE",
};

/** The API server's own log of writes, from now on; without one, asking for writes says what is missing. */
export async function openAuditLog(file: string | undefined) {
  if (!file) return { writes: () => Promise.reject(new Error("TEST_AUDIT_LOG names no log of writes")) };
  const { size } = await stat(file);
  return {
    async writes(): Promise<Write[]> {
      const lines = (await readFrom(file, size)).split("\n").filter(Boolean);
      return lines.flatMap((line) => writeOf(JSON.parse(line) as AuditEvent));
    },
  };
}

async function readFrom(file: string, position: number): Promise<string> {
  const { size } = await stat(file);
  // A log begun anew is shorter than it was.
  if (size < position) return readFile(file, "utf8");
  const opened = await open(file);
  try {
    const { buffer, bytesRead } = await opened.read(
      Buffer.alloc(size - position),
      0,
      size - position,
      position,
    );
    const text = buffer.toString("utf8", 0, bytesRead);
    // The last line may be half written.
    return text.slice(0, text.lastIndexOf("\n") + 1);
  } finally {
    await opened.close();
  }
}

function writeOf({ verb, requestURI, userAgent, requestReceivedTimestamp }: AuditEvent): Write[] {
  const { pathname, searchParams } = new URL(requestURI, "http://cluster");
  const method = methods[verb];
  const isOurs = userAgent === "orrery" && !searchParams.has("dryRun");
  return method && isOurs ? [{ at: Date.parse(requestReceivedTimestamp), method, path: pathname }] : [];
}

import type { Evidence } from "../../../contract/runs.ts";
import type { Cluster } from "../../cluster/connection.ts";
import type { Exchange } from "../../cluster/overheard.ts";
import { type Mask, masked } from "./mask.ts";

interface Noting {
  note(entry: Evidence): void;
  mask: Pick<Mask, "learn">;
}

/** The cluster a run writes to, of which each write is kept as it went over the wire, Secrets without their values. */
export function recordingCluster(cluster: Cluster, { note, mask }: Noting): Cluster {
  const writes = cluster.writesToldTo(({ body, answer, refusal, ...exchange }) => {
    mask.learn(secretValues(body));
    const kept = refusal ? refusalOf(refusal) : standing(answer);
    const sent = body === undefined ? {} : { body: withoutValues(body) };
    note({ kind: "request", ...exchange, ...sent, ...(kept && { answer: kept }) });
  });
  return { ...cluster, ...writes };
}

function refusalOf({ message, causes }: NonNullable<Exchange["refusal"]>) {
  return { message, ...(causes.length > 0 && { causes }) };
}

/** Of an answer, which state of which object it is. */
function standing(answer: unknown): Record<string, unknown> | undefined {
  const { metadata } = (answer ?? {}) as { metadata?: Record<string, unknown> };
  const known = ["resourceVersion", "uid", "generation"].flatMap((key) =>
    metadata?.[key] === undefined ? [] : [[key, metadata[key]]],
  );
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

type Values = Record<string, unknown>;

interface Sent {
  kind?: string;
  data?: Values;
  stringData?: Values;
}

/** The values a Secret carries, whoever gave them: those the cluster had are sent along, and are as secret. */
function secretValues(body: unknown): string[] {
  const { kind, data = {}, stringData = {} } = (body ?? {}) as Sent;
  if (kind !== "Secret") return [];
  const encoded = Object.values(data).filter((value) => typeof value === "string");
  const plain = Object.values(stringData).filter((value) => typeof value === "string");
  return [...plain, ...encoded.map((value) => Buffer.from(value, "base64").toString("utf8"))];
}

function withoutValues(body: unknown): unknown {
  const { kind, data, stringData } = (body ?? {}) as Sent;
  if (kind !== "Secret") return body;
  const hidden = (values: Values) => Object.fromEntries(Object.keys(values).map((key) => [key, masked]));
  return {
    ...(body as object),
    ...(data && { data: hidden(data) }),
    ...(stringData && { stringData: hidden(stringData) }),
  };
}

import { Type } from "typebox";
import { StreamEnd } from "./events.ts";
import { idParam, Time } from "./ids.ts";
import { stream } from "./operation.ts";

const LogQuery = Type.Object({
  /** The first of each pod if left out; `*` is all of them. */
  container: Type.Optional(
    Type.String({
      pattern: "^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?|\\*)$",
      description: "One by its name, or * for all",
    }),
  ),
  follow: Type.Boolean({ default: true }),
  tail: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: "Lines of each container to begin with: 100, and from 50 to 5000",
    }),
  ),
  sinceSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
  previous: Type.Boolean({ default: false, description: "The run before the last restart" }),
  format: Type.Enum(["text", "json"], { default: "text" }),
  download: Type.Boolean({ default: false, description: "All there is, as a file of plain text" }),
});

const from = { pod: Type.Optional(Type.String()), container: Type.Optional(Type.String()) };

const LogMetadata = Type.Object({
  kind: Type.String(),
  name: Type.String(),
  /** The pod itself, or `*` for those of a workload. */
  pod: Type.String(),
  container: Type.String(),
  namespace: Type.String(),
  cluster: Type.String(),
});

const LogLine = Type.Object({
  at: Type.String(),
  pod: Type.String(),
  container: Type.String(),
  text: Type.String(),
});

/** A run of the workflow that the object belongs to. */
const LogMarker = Type.Object({
  at: Time,
  run_id: Type.String(),
  event: Type.Enum(["run_started", "run_ended"]),
  version: Type.Integer(),
  status: Type.String(),
});

/** Lines that were missed: how many, where that is known. */
const LogGap = Type.Object({ missed_after: Type.String(), lines: Type.Optional(Type.Integer()), ...from });
const LogError = Type.Object({ reason: Type.String(), ...from });

export const logOperations = {
  followLogs: stream({
    path: "/v1/api/resources/:id/logs/stream",
    summary:
      "Follow the log of a pod, or of all pods of a workload. With `format=text` the data of log, error and complete is bare text, a line being its time and what was written; with `download=true` it is a file.",
    access: "user",
    params: Type.Object({ id: idParam("resource") }),
    query: LogQuery,
    events: {
      metadata: LogMetadata,
      log: LogLine,
      marker: LogMarker,
      gap: LogGap,
      error: LogError,
      complete: Type.Object({ reason: Type.String() }),
      end: StreamEnd,
    },
  }),
};

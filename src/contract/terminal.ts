import { type Static, Type } from "typebox";
import { idParam, Time } from "./ids.ts";
import { endpoint, socket } from "./operation.ts";

const Shell = Type.Enum(["/bin/sh", "sh", "/bin/bash", "bash", "/bin/ash", "ash", "/bin/zsh", "zsh"], {
  default: "/bin/sh",
  description: "Where the container does not have it, others of the list are tried.",
});

const Container = Type.String({
  pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
  title: "container must be the name of a container",
  description: "The first one if left out.",
});

const debug = Type.Optional(
  Type.Boolean({
    description: "Starts a container with tools beside the given one, for images that have no shell.",
  }),
);

const size = (otherwise: number) => Type.Integer({ minimum: 1, maximum: 1_000, default: otherwise });

/** What is typed. `encoding: "base64"` is for bytes that are not text. */
const Keystrokes = Type.Object({
  type: Type.Enum(["input", "resize"]),
  data: Type.String({ default: "" }),
  encoding: Type.Optional(Type.Literal("base64")),
  rows: size(24),
  cols: size(80),
});
export type Keystrokes = Static<typeof Keystrokes>;

/** What is shown. Bytes that are not UTF-8 come as U+FFFD. */
const Screen = Type.Object({
  type: Type.Enum(["metadata", "output", "error", "close"]),
  data: Type.String({
    description:
      "Of `metadata`, which comes first: JSON with pod, container, namespace, cluster and shell. Of `error` and `close`, which come last: why it is over, in words.",
  }),
});
export type Screen = Static<typeof Screen>;

const params = Type.Object({ id: idParam("resource") });
const at = "/v1/api/resources/:id/exec" as const;

export const terminalOperations = {
  createExecTicket: endpoint({
    method: "POST",
    path: `${at}/ticket`,
    summary: "Get a ticket that opens one terminal, once, within 30 s",
    access: "user",
    params,
    body: Type.Object({ container: Type.Optional(Container), debug }),
    success: 200,
    result: Type.Object({
      ticket: Type.String({
        description: "To be offered as the subprotocol `orrery.ticket.<ticket>`, beside `orrery.terminal`.",
      }),
      expires_at: Time,
    }),
  }),
  openTerminal: socket({
    path: `${at}/terminal`,
    summary: "WebSocket terminal session in a pod",
    access: "user",
    params,
    query: Type.Object({
      shell: Shell,
      container: Type.Optional(Container),
      debug,
      token: Type.Optional(
        Type.String({ description: "For clients that can set no header and offer no ticket." }),
      ),
    }),
    protocol: "orrery.terminal",
    hears: Keystrokes,
    says: Screen,
  }),
};

import { api } from "../../../contract/api.ts";
import type { OwnSessions } from "../../../contract/profile.ts";
import { invalidate, useRead, useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Page.tsx";
import { Tag } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { toast } from "../../parts/toast.ts";
import { toastFailure } from "../../parts/toast-failure.ts";
import { When } from "../../parts/When.tsx";
import { endSession } from "../../session.ts";
import { browserOf } from "./browser-of.ts";

/** Where somebody is signed in, and how to end that. */
export function Sessions() {
  const sessions = useRead(api.listSessions, {});
  const { mutate, isPending } = useSend(api.endOtherSessions, {
    onSuccess: ({ ended }) =>
      toast({ tone: "ok", title: ended === 1 ? "1 other session ended" : `${ended} other sessions ended` }),
    onError: toastFailure("The other sessions could not be ended"),
    onSettled: () => invalidate(api.listSessions),
  });

  return (
    <Panel
      title="Sessions"
      actions={
        <Button size="small" busy={isPending} onClick={() => mutate({})}>
          Sign out everywhere else
        </Button>
      }
    >
      <Loaded query={sessions}>
        {({ sessions: all }) => (
          <Table caption="Sessions" columns={columns} rows={all} rowKey={({ id }) => id} />
        )}
      </Loaded>
    </Panel>
  );
}

type OneSession = OwnSessions[number];

const columns: readonly Column<OneSession>[] = [
  {
    id: "agent",
    head: "With",
    cell: ({ agent, current }) => (
      <>
        {browserOf(agent)} {current && <Tag tone="accent">This one</Tag>}
      </>
    ),
  },
  { id: "address", head: "From", cell: ({ address }) => address || "unknown" },
  { id: "seen", head: "Last used", cell: ({ last_seen_at }) => <When at={last_seen_at} /> },
  { id: "begun", head: "Signed in", cell: ({ created_at }) => <When at={created_at} /> },
  { id: "end", head: "Actions", cell: (session) => <End session={session} />, align: "end" },
];

function End({ session: { id, agent, current } }: { session: OneSession }) {
  const { mutate, isPending } = useSend(api.endSession, {
    onError: toastFailure("The session could not be ended"),
    onSettled: () => invalidate(api.listSessions),
  });
  if (current)
    return (
      <Button size="small" onClick={() => void endSession()}>
        Sign out
      </Button>
    );
  return (
    <Button
      size="small"
      busy={isPending}
      aria-label={`End the session with ${browserOf(agent)}`}
      onClick={() => mutate({ params: { id } })}
    >
      End
    </Button>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { Panel } from "../../parts/Page.tsx";
import { toast } from "../../parts/toast.ts";
import { useSession } from "../../session.ts";
import { roleWords } from "../clusters/ClusterName.tsx";
import { clustersChanged } from "../clusters/use-cluster-deeds.ts";
import styles from "./ClusterPage.module.css";

/** What was shared with somebody can be left by them. */
export function Leave({ cluster: { name, role } }: { cluster: Cluster }) {
  const userId = useSession(({ user }) => user?.id);
  const [asking, ask] = useState(false);
  const navigate = useNavigate();
  const leaving = useSend(api.unshareCluster, {
    onSuccess: async () => {
      toast({ tone: "ok", title: `You have left ${name}` });
      await navigate({ to: "/clusters" });
      await clustersChanged();
    },
  });
  if (!userId) return null;
  return (
    <Panel title="Shared with you">
      <p>{roleWords[role] ?? `Unknown (${role})`}.</p>
      <div className={styles.actions}>
        <Button onClick={() => ask(true)}>Leave cluster…</Button>
      </div>
      <Confirm
        title={`Leave ${name}?`}
        text="You no longer see it. Its owner can share it with you again."
        action="Leave cluster"
        busy={leaving.isPending}
        error={leaving.error?.message}
        open={asking}
        onOpenChange={ask}
        onConfirm={() => leaving.mutate({ params: { name, userId } })}
      />
    </Panel>
  );
}

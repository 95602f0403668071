import { useState } from "react";
import { api } from "../../../contract/api.ts";
import type { Share } from "../../../contract/cluster-sharing.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { invalidate, useRead, useSend } from "../../api.ts";
import { Button } from "../../parts/Button.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Page.tsx";
import { Tag } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { toast } from "../../parts/toast.ts";
import { When } from "../../parts/When.tsx";
import { roleWords } from "../clusters/ClusterName.tsx";
import { clustersChanged } from "../clusters/use-cluster-deeds.ts";
import styles from "./ClusterPage.module.css";
import { ShareForm } from "./ShareForm.tsx";

/** Who else may use a cluster, and for how much of it. */
export function Sharing({ cluster }: { cluster: Cluster }) {
  const query = useRead(api.listShares, { params: { name: cluster.name } });
  return (
    <div className={styles.stack}>
      <Panel title="Shared with">
        <Loaded
          query={query}
          empty={({ shares }) => shares.length === 0 && <Empty title="Shared with nobody" />}
        >
          {({ shares }) => (
            <Table
              caption="Shared with"
              columns={columnsOf(cluster.name)}
              rows={shares}
              rowKey={({ userId }) => userId}
            />
          )}
        </Loaded>
      </Panel>
      <Panel title="Share">
        <ShareForm cluster={cluster} />
      </Panel>
    </div>
  );
}

function columnsOf(name: string): readonly Column<Share>[] {
  return [
    { id: "name", head: "Name", cell: (share) => share.name },
    { id: "email", head: "E-mail", cell: ({ email }) => email },
    { id: "role", head: "Role", cell: ({ role }) => roleWords[role] ?? `Unknown (${role})` },
    { id: "namespaces", head: "Namespaces", cell: ({ namespaces }) => <Namespaces of={namespaces} /> },
    { id: "since", head: "Since", cell: ({ grantedAt }) => <When at={grantedAt} /> },
    { id: "actions", head: "", cell: (share) => <Revoke name={name} share={share} />, width: "6rem" },
  ];
}

function Namespaces({ of }: { of: readonly string[] }) {
  if (of.length === 0) return "All";
  return (
    <span className={styles.tags}>
      {of.map((namespace) => (
        <Tag key={namespace}>{namespace}</Tag>
      ))}
    </span>
  );
}

function Revoke({ name, share }: { name: string; share: Share }) {
  const [asking, ask] = useState(false);
  const revocation = useSend(api.unshareCluster, {
    onSuccess: async () => {
      ask(false);
      toast({ tone: "ok", title: `${share.name} has no access to ${name} any more` });
      await Promise.all([invalidate(api.listShares), clustersChanged()]);
    },
  });
  return (
    <>
      <Button size="small" onClick={() => ask(true)} aria-label={`Revoke the access of ${share.name}`}>
        Revoke
      </Button>
      <Confirm
        title={`Take access away from ${share.name}?`}
        text={`${share.email} no longer sees ${name}. What they deployed goes on.`}
        action="Revoke access"
        danger
        busy={revocation.isPending}
        error={revocation.error?.message}
        open={asking}
        onOpenChange={ask}
        onConfirm={() => revocation.mutate({ params: { name, userId: share.userId } })}
      />
    </>
  );
}

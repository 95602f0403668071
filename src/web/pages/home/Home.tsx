import { Link, Navigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { api } from "../../../contract/api.ts";
import { useRead } from "../../api.ts";
import { buttonClass } from "../../parts/Button.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page, Panel } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { useSession } from "../../session.ts";
import { isSkipped } from "../welcome/progress.ts";
import { Needs } from "./Needs.tsx";
import { Clusters, Recent, Stats } from "./Overview.tsx";

/** What needs whoever looks, what they did last, and how all of it stands. */
export function Home(): React.ReactNode {
  const recent = useRead(api.listRecentWorkflows, { query: { limit: 20 } });
  const clusters = useRead(api.listClusters, { query: { limit: 100 } });
  const user_id = useSession(({ user }) => user?.id ?? "");
  if (recent.data?.workflows.length === 0 && !isSkipped(user_id)) return <Navigate to="/welcome" replace />;

  return (
    <Page>
      <PageHead
        title="Home"
        actions={
          <Link to="/workflows/new" className={buttonClass({ variant: "primary" })}>
            <Plus size={16} aria-hidden /> New workflow
          </Link>
        }
      />
      <Loaded query={recent}>
        {({ workflows }) => (
          <Needs
            workflows={workflows}
            clusters={clusters.data?.clusters ?? []}
            checkedAt={recent.dataUpdatedAt}
          />
        )}
      </Loaded>
      <Stats />
      <Panel title="Recent workflows" actions={<Link to="/workflows">All workflows</Link>}>
        <Loaded query={recent}>{({ workflows }) => <Recent workflows={workflows.slice(0, 6)} />}</Loaded>
      </Panel>
      <Panel title="Clusters" actions={<Link to="/clusters">All clusters</Link>}>
        <Loaded query={clusters}>{({ clusters: all }) => <Clusters clusters={all} />}</Loaded>
      </Panel>
    </Page>
  );
}

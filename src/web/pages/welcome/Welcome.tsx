import { Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { api } from "../../../contract/api.ts";
import type { Cluster } from "../../../contract/clusters.ts";
import { useRead, useSend } from "../../api.ts";
import { Button, buttonClass } from "../../parts/Button.tsx";
import { ClusterStatus } from "../../parts/ClusterStatus.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Page } from "../../parts/Page.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Tag } from "../../parts/Status.tsx";
import { useSession } from "../../session.ts";
import { Refusal } from "../../shell/Refusal.tsx";
import { workflowsChanged } from "../workflows/use-workflow-deeds.ts";
import { skip, stepsDone } from "./progress.ts";
import styles from "./Welcome.module.css";

/** The way from nothing to a first deploy. How far somebody is shows in what there is, so it can be left at any time. */
export function Welcome(): React.ReactNode {
  const clusters = useRead(api.listClusters, { query: { limit: 100 } });
  const recent = useRead(api.listRecentWorkflows, { query: { limit: 20 } });
  const navigate = useNavigate();
  const user_id = useSession(({ user }) => user?.id ?? "");
  const workflows = recent.data?.workflows ?? [];
  const [newest] = workflows;
  const isDeployed = workflows.some(({ deployed_version }) => deployed_version !== undefined);
  const counts = { clusters: clusters.data?.clusters.length ?? 0, workflows: workflows.length, isDeployed };
  const [hasCluster, hasDrawing, hasDeployed] = stepsDone(counts);

  return (
    <Page>
      <PageHead
        title="Welcome to Orrery"
        meta="Draw an application, see what a deploy will change, deploy it, watch it, take it back."
        actions={
          <Button
            variant="quiet"
            onClick={() => {
              skip(user_id);
              void navigate({ to: "/" });
            }}
          >
            {hasDeployed ? "Go to Home" : "Skip this"}
          </Button>
        }
      />
      <ol className={styles.steps}>
        <Step number={1} title="Connect a cluster" isDone={hasCluster}>
          <Loaded query={clusters}>{({ clusters: all }) => <Clusters all={all} />}</Loaded>
        </Step>
        <Step number={2} title="Start from something" isDone={hasDrawing}>
          <Beginnings />
        </Step>
        <Step number={3} title="Deploy" isDone={hasDeployed}>
          <p>
            Review shows every change before anything happens. Deploy does just that, and can be taken back.
          </p>
          {newest ? (
            <Link
              to="/workflows/$id"
              params={{ id: newest.id }}
              className={buttonClass({ variant: hasDeployed ? "plain" : "primary" })}
            >
              Open {newest.name}
            </Link>
          ) : (
            <p className={styles.later}>Once there is a drawing.</p>
          )}
        </Step>
      </ol>
    </Page>
  );
}

interface StepProps {
  number: number;
  title: string;
  isDone: boolean;
  children: ReactNode;
}

function Step({ number, title, isDone, children }: StepProps) {
  return (
    <li className={styles.step} data-done={isDone || undefined}>
      <h2 className={styles.title}>
        {isDone ? (
          <CircleCheck size={24} aria-label="Done:" />
        ) : (
          <span className={styles.number}>{number}</span>
        )}
        {title}
      </h2>
      {children}
    </li>
  );
}

function Clusters({ all }: { all: readonly Cluster[] }) {
  const isOnlySandbox = all.every(({ simulated }) => simulated);
  return (
    <div className={styles.stack}>
      <ul className={styles.clusters}>
        {all.slice(0, 4).map((cluster) => (
          <li key={cluster.name}>
            <Link to="/clusters/$name" params={{ name: cluster.name }}>
              {cluster.name}
            </Link>
            {cluster.simulated && <Tag tone="accent">Simulated</Tag>}
            <ClusterStatus cluster={cluster} />
          </li>
        ))}
      </ul>
      {isOnlySandbox && all.length > 0 && (
        <p>
          The sandbox is a Kubernetes that is only simulated. It is ready, and nothing in it runs for real.
        </p>
      )}
      <Link to="/clusters/new" className={buttonClass({ variant: all.length > 0 ? "plain" : "primary" })}>
        Connect {all.length > 0 ? "your own" : "a cluster"}
      </Link>
    </div>
  );
}

function Beginnings() {
  const { data } = useRead(api.listStacks, {});
  const [sample] = data?.stacks ?? [];
  const navigate = useNavigate();
  const { mutate, isPending, error } = useSend(api.createWorkflow, {
    onSuccess: async ({ workflow }) => {
      await workflowsChanged();
      await navigate({ to: "/workflows/$id", params: { id: workflow.id } });
    },
  });

  return (
    <>
      <p>{sample ? sample.description : "A drawing says what an application is made of."}</p>
      {sample && (
        <Button
          variant="primary"
          busy={isPending}
          onClick={() => mutate({ body: { name: sample.name, stack: sample.id } })}
        >
          Look around with {sample.name}
        </Button>
      )}
      <Link to="/workflows/new" className={buttonClass()}>
        Draw your own
      </Link>
      <Refusal error={error} />
    </>
  );
}

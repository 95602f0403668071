import { useNavigate, useSearch } from "@tanstack/react-router";
import page from "../../deploy/Page.module.css";
import { TabPanel, Tabs } from "../../parts/Tabs.tsx";
import { AgreedPlan } from "./AgreedPlan.tsx";
import { EvidenceList } from "./EvidenceList.tsx";
import { ProgressList } from "./ProgressList.tsx";
import styles from "./Run.module.css";
import { RunLog } from "./RunLog.tsx";
import type { RunPanelProps } from "./run-props.ts";
import { TimelineBars } from "./TimelineBars.tsx";

/** What a run does, did and saw, one view of it at a time. */
export function RunPanel(props: RunPanelProps) {
  const { record, views } = props;
  const search = useSearch({ from: "/in/workflows/$id/runs/$run" });
  const { tab = "progress" } = search;
  const navigate = useNavigate({ from: "/workflows/$id/runs/$run" });
  const tabs = [
    { id: "progress", label: "Progress" },
    { id: "timeline", label: "Timeline" },
    { id: "log", label: "Log" },
    ...(record.plan ? [{ id: "plan", label: "Plan" } as const] : []),
    { id: "evidence", label: "Evidence" },
  ] as const;
  const nameOf = (id: string) => views.find(({ node_id }) => node_id === id)?.name ?? id;
  return (
    <div className={styles.panel}>
      <div className={styles.tabs}>
        <Tabs
          label="This run"
          value={tab}
          tabs={tabs}
          onChange={(next) => void navigate({ search: { ...search, tab: next }, replace: true })}
        />
      </div>
      <div className={page.body}>
        <TabPanel tab={tab}>
          {tab === "progress" && <ProgressList {...props} />}
          {tab === "timeline" && <TimelineBars {...props} nameOf={nameOf} />}
          {tab === "log" && <RunLog {...props} nameOf={nameOf} />}
          {tab === "plan" && <AgreedPlan {...props} />}
          {tab === "evidence" && <EvidenceList record={record} nameOf={nameOf} />}
        </TabPanel>
      </div>
    </div>
  );
}

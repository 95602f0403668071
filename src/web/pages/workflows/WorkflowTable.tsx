import { outcomeWord } from "../../deploy/run-words.ts";
import { useAtHand } from "../../parts/later.tsx";
import { Status } from "../../parts/Status.tsx";
import { type Column, type Sort, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import type { Summary } from "./summary.ts";
import { menuParts, WorkflowMenu } from "./WorkflowMenu.tsx";
import { WorkflowHealth, WorkflowState } from "./workflow-state.tsx";

interface WorkflowTableProps {
  workflows: readonly Summary[];
  sort: Sort;
  onSort(sort: Sort): void;
}

export function WorkflowTable({ workflows, sort, onSort }: WorkflowTableProps) {
  useAtHand(menuParts);
  return (
    <Table
      caption="Workflows"
      columns={columns}
      rows={workflows}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: "/workflows/$id", params: { id } })}
      sort={sort}
      onSort={onSort}
    />
  );
}

const columns: readonly Column<Summary>[] = [
  { id: "name", head: "Name", cell: ({ name }) => name, sortable: true },
  { id: "state", head: "State", cell: (workflow) => <WorkflowState workflow={workflow} /> },
  { id: "health", head: "Health", cell: (workflow) => <WorkflowHealth workflow={workflow} /> },
  { id: "cluster", head: "Cluster", cell: ({ cluster_id }) => cluster_id || "none" },
  { id: "nodes", head: "Nodes", cell: ({ node_count }) => node_count, align: "end" },
  {
    id: "run",
    head: "Last run",
    cell: ({ last_run }) => (last_run ? <Status word={outcomeWord(last_run)} of="run" /> : "never"),
  },
  { id: "updated_at", head: "Edited", cell: ({ updated_at }) => <When at={updated_at} />, sortable: true },
  { id: "more", head: "Actions", cell: (workflow) => <WorkflowMenu workflow={workflow} />, align: "end" },
];

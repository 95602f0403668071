import type { LinkProps } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Resource } from "../../../contract/resources.ts";
import { useRead } from "../../api.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { Status } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { When } from "../../parts/When.tsx";
import { Section } from "./Section.tsx";

/** The pods that a workload has made. */
export function Pods({ id }: { id: string }) {
  const query = useRead(api.listResourcePods, { params: { id } });
  return (
    <Section title={query.data ? `Pods (${query.data.count})` : "Pods"}>
      <Loaded query={query} empty={({ count }) => (count === 0 ? <p>None just now.</p> : undefined)}>
        {({ pods }) => (
          <Table caption="Pods" columns={columns} rows={pods} rowKey={(pod) => pod.id} rowLink={linkTo} />
        )}
      </Loaded>
    </Section>
  );
}

const linkTo = ({ id }: Resource): LinkProps => ({ to: "/resources/$id", params: { id } });

const columns: Column<Resource>[] = [
  { id: "name", head: "Name", cell: ({ name }) => name },
  { id: "status", head: "Status", cell: ({ status }) => <Status word={status} of="resource" /> },
  { id: "restarts", head: "Restarts", align: "end", cell: restartsOf },
  { id: "node", head: "Node", cell: ({ spec }) => String(spec.nodeName ?? "") },
  { id: "age", head: "Created", cell: ({ createdAt }) => <When at={createdAt} /> },
];

function restartsOf({ spec: { containers } }: Resource): number {
  const all = Array.isArray(containers) ? (containers as { restartCount?: number }[]) : [];
  return all.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}

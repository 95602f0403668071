import { statusLook } from "../../look/status.ts";
import { Pill } from "../../parts/Status.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { Section } from "./Section.tsx";

interface Container {
  name: string;
  image: string;
  state: string;
  ready: boolean;
  restartCount: number;
  terminationReason?: string;
  resources?: { limitsCPU?: string; limitsMemory?: string };
}

/** The containers of a pod, and how each is doing. */
export function Containers({ containers }: { containers: readonly unknown[] }) {
  const rows = containers.filter((each): each is Container => typeof each === "object" && each !== null);
  return (
    <Section title="Containers">
      <Table caption="Containers" columns={columns} rows={rows} rowKey={({ name }) => name} />
    </Section>
  );
}

const columns: Column<Container>[] = [
  { id: "name", head: "Name", cell: ({ name }) => name },
  { id: "image", head: "Image", cell: ({ image }) => image },
  { id: "state", head: "State", cell: (container) => <Pill look={lookOf(container)} /> },
  {
    id: "limits",
    head: "Limits",
    cell: ({ resources = {} }) =>
      [resources.limitsCPU, resources.limitsMemory].filter(Boolean).join(" · ") || "none",
  },
  { id: "restarts", head: "Restarts", align: "end", cell: ({ restartCount }) => restartCount },
];

function lookOf({ state, ready, terminationReason }: Container) {
  if (state === "running")
    return ready ? statusLook("healthy") : { ...statusLook("progressing"), word: "Not ready" };
  if (state === "terminated" && terminationReason === "Completed") return statusLook("completed");
  const reason = terminationReason ?? state;
  const known = state === "waiting" && terminationReason === undefined;
  return known ? statusLook("pending") : { ...statusLook("failed"), word: reason };
}

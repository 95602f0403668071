import { Link } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Copy, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { IconButton } from "../../parts/Button.tsx";
import { later } from "../../parts/later.tsx";
import { Menu, MenuItem, MenuLine } from "../../parts/Menu.tsx";
import type { Summary } from "./summary.ts";
import { useWorkflowDeeds } from "./use-workflow-deeds.ts";
import type { Deed } from "./WorkflowDialogs.tsx";

const WorkflowDialog = later(() => import("./WorkflowDialogs.tsx"), "WorkflowDialog");
/** What its menus need, to be fetched by a list once, before it is needed. */
export const menuParts = [WorkflowDialog];

/** All that can be done with a workflow without opening it. */
export function WorkflowMenu({ workflow }: { workflow: Summary }) {
  const { id, name, status } = workflow;
  const [deed, setDeed] = useState<Deed>();
  const { unarchive } = useWorkflowDeeds(id, name);

  return (
    <>
      <Menu trigger={<IconButton label={`More for ${name}`} icon={Ellipsis} size="small" />}>
        <MenuItem icon={Pencil} onSelect={() => setDeed("rename")}>
          Rename
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => setDeed("clone")}>
          Clone
        </MenuItem>
        <MenuItem asChild>
          <Link to="/workflows/$id/settings" params={{ id }}>
            Settings
          </Link>
        </MenuItem>
        <MenuLine />
        {status === "archived" ? (
          <MenuItem icon={ArchiveRestore} onSelect={unarchive}>
            Unarchive
          </MenuItem>
        ) : (
          <MenuItem icon={Archive} onSelect={() => setDeed("archive")}>
            Archive
          </MenuItem>
        )}
        <MenuItem icon={Trash2} danger onSelect={() => setDeed("delete")}>
          Delete
        </MenuItem>
      </Menu>
      <Suspense>
        {deed && <WorkflowDialog deed={deed} workflow={workflow} close={() => setDeed(undefined)} />}
      </Suspense>
    </>
  );
}

import { CopyPlus, Ellipsis, ListChecks, RotateCcw, Trash2 } from "lucide-react";
import { useContext } from "react";
import { useDesk } from "../../canvas/board-store.ts";
import { discarded } from "../../canvas/changes.ts";
import { duplicate } from "../../canvas/clipboard.ts";
import { remove, selectedNodes } from "../../canvas/commands.ts";
import { type Drawing, graphOf } from "../../canvas/graph.ts";
import { useGraph } from "../../canvas/graph-store.ts";
import { namesOf } from "../../canvas/node-words.ts";
import { StagedContext } from "../../canvas/staged.ts";
import { IconButton } from "../../parts/Button.tsx";
import { Menu, MenuItem } from "../../parts/Menu.tsx";

/** What can be done with what the inspector shows. */
export function NodeActions({ deployed }: { deployed: Drawing | undefined }) {
  const desk = useDesk();
  const lock = useGraph((state) => state.lock);
  const selection = useGraph((state) => state.selection);
  const staged = useContext(StagedContext).nodes;
  const changed = [...selection].filter((id) => staged.get(id) === "edited");
  const discard = () => {
    if (!deployed) return;
    const before = graphOf(deployed);
    desk.graph.edit({ label: `discard changes of ${namesOf(selectedNodes(desk))}` }, (graph) =>
      changed.reduce((now, id) => discarded(now, before, id), graph),
    );
  };
  return (
    <Menu trigger={<IconButton label="Actions" icon={Ellipsis} size="small" />}>
      {changed.length > 0 && deployed && (
        <MenuItem icon={RotateCcw} onSelect={discard} disabledReason={lock}>
          Discard change
        </MenuItem>
      )}
      <MenuItem icon={CopyPlus} onSelect={() => duplicate(desk)} keys="Ctrl D" disabledReason={lock}>
        Duplicate
      </MenuItem>
      <MenuItem
        icon={ListChecks}
        onSelect={() => desk.board.setState({ panel: { kind: "menu" } })}
        keys="Shift F10"
      >
        All actions…
      </MenuItem>
      <MenuItem icon={Trash2} danger onSelect={() => remove(desk)} keys="Del" disabledReason={lock}>
        Remove
      </MenuItem>
    </Menu>
  );
}

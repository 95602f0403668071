import { Combobox } from "../parts/Combobox.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { actionsFor } from "./actions.ts";
import { useDesk } from "./board-store.ts";
import { meantNodes } from "./commands.ts";
import { namesOf } from "./node-words.ts";

/** What can be done with what is selected, to be typed or picked. */
export function ActionsPanel({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const nodes = meantNodes(desk);
  const title = nodes.length === 0 ? "No card is chosen" : `Actions for ${namesOf(nodes)}`;
  return (
    <Dialog title={title} open size="small" onOpenChange={onClose}>
      <Combobox
        label="Action"
        items={actionsFor(desk)}
        none="Choose a card first: arrows move between them"
        onPick={({ run }) => {
          onClose();
          run();
        }}
      />
    </Dialog>
  );
}

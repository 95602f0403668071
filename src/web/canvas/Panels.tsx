import { ActionsPanel } from "./ActionsPanel.tsx";
import { AddPanel } from "./AddPanel.tsx";
import { useBoard, useDesk } from "./board-store.ts";
import { ConnectPanel } from "./ConnectPanel.tsx";
import { GroupPanel, NotePanel, RenamePanel } from "./TextPanels.tsx";

/** What stands open over the canvas. */
export function Panels() {
  const { board } = useDesk();
  const panel = useBoard((state) => state.panel);
  const close = () => board.setState({ panel: undefined });
  if (!panel) return null;
  switch (panel.kind) {
    case "add":
      return <AddPanel {...panel} onClose={close} />;
    case "connect":
      return <ConnectPanel from={panel.from} onClose={close} />;
    case "rename":
      return <RenamePanel id={panel.id} onClose={close} />;
    case "note":
      return <NotePanel {...(panel.id !== undefined && { id: panel.id })} onClose={close} />;
    case "group":
      return <GroupPanel ids={panel.ids} onClose={close} />;
    case "menu":
      return <ActionsPanel onClose={close} />;
  }
}

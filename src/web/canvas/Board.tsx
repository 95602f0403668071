import {
  ConnectionMode,
  EdgeLabelRenderer,
  type EdgeTypes,
  type NodeTypes,
  ReactFlow,
  SelectionMode,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useCallback, useState } from "react";
import { usePreferences } from "../preferences.ts";
import styles from "./Board.module.css";
import { useBoard, useBoardStore } from "./board-store.ts";
import { Dots } from "./Dots.tsx";
import type { DrawnEdge, DrawnNode } from "./drawn.ts";
import { FoldedGroup, GroupFrame, NoteCard } from "./Frames.tsx";
import { GhostCard, ProposedCard } from "./Ghosts.tsx";
import { Guides } from "./Guides.tsx";
import { useGraph } from "./graph-store.ts";
import { LabelLayerContext } from "./label-layer.ts";
import { NodeCard } from "./NodeCard.tsx";
import { Overview } from "./Overview.tsx";
import { RelationEdge } from "./RelationEdge.tsx";
import { Surface } from "./Surface.tsx";
import { useDrawn } from "./use-drawn.ts";
import { useFirstView } from "./use-first-view.ts";
import { usePointer } from "./use-pointer.ts";
import type { Viewport } from "./window.ts";

// Outside the component: new objects would make every card new, and listeners that come and go make the browser look at
// all it has painted.
const nodeTypes: NodeTypes = {
  card: NodeCard,
  far: () => null,
  ghost: GhostCard,
  proposed: ProposedCard,
  frame: GroupFrame,
  folded: FoldedGroup,
  note: NoteCard,
};
const edgeTypes: EdgeTypes = { relation: RelationEdge };
const grid: [number, number] = [8, 8];
const noOrigin: [number, number] = [0, 0];
const panButtons = [1];
const zoomKeys = ["Control", "Meta"];

/** The canvas itself: what is drawn, and the place that takes the keys. */
export function Board() {
  return (
    <Surface>
      <Flow />
    </Surface>
  );
}

function Flow() {
  const { nodes, edges, isOverview } = useDrawn();
  const pointer = usePointer();
  const board = useBoardStore();
  const isLocked = useGraph(({ lock }) => lock !== undefined);
  const isPicking = useBoard(({ drawn }) => drawn !== undefined);
  const wheel = usePreferences((preferences) => preferences.wheel);
  const onViewportChange = useCallback((viewport: Viewport) => board.setState({ viewport }), [board]);
  const [labels, setLabels] = useState<HTMLElement | null>(null);
  useFirstView();
  return (
    <LabelLayerContext value={labels}>
      <ReactFlow<DrawnNode, DrawnEdge>
        {...{ nodes, edges, nodeTypes, edgeTypes, ...pointer }}
        onViewportChange={onViewportChange}
        className={isPicking ? (styles.picking ?? "") : ""}
        connectionMode={ConnectionMode.Loose}
        selectionMode={SelectionMode.Partial}
        nodeOrigin={noOrigin}
        snapGrid={grid}
        minZoom={0.02}
        maxZoom={2}
        panOnDrag={panButtons}
        panOnScroll={wheel === "pan"}
        selectionOnDrag
        disableKeyboardA11y
        elevateNodesOnSelect={false}
        nodesFocusable={false}
        edgesFocusable={false}
        edgesReconnectable={false}
        nodesConnectable={!isLocked}
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode="Shift"
        zoomActivationKeyCode={zoomKeys}
        autoPanOnNodeFocus={false}
      >
        {isOverview ? <Overview /> : <Dots />}
        <Guides />
        <EdgeLabelRenderer>
          <div ref={setLabels} />
        </EdgeLabelRenderer>
      </ReactFlow>
    </LabelLayerContext>
  );
}

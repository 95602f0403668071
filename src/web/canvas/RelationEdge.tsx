import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { Lock, Shield } from "lucide-react";
import { memo, useContext } from "react";
import { createPortal } from "react-dom";
import { classes } from "../parts/classes.ts";
import type { DrawnEdge } from "./drawn.ts";
import { edgePath, type LabelPlace } from "./edge-path.ts";
import { type Line, labelOf, lineOf } from "./edge-words.ts";
import { LabelLayerContext } from "./label-layer.ts";
import type { GateOverlay } from "./overlay.ts";
import { OverlayContext } from "./overlay-context.ts";
import styles from "./RelationEdge.module.css";
import { StagedContext } from "./staged.ts";

/** An edge, drawn as its relation is: by line, colour and words. */
export const RelationEdge = memo(function RelationEdge(props: EdgeProps<DrawnEdge>) {
  const { id, data, selected, markerEnd } = props;
  const [path, label] = edgePath(props);
  const isNew = useContext(StagedContext).edges.get(id) === "new";
  if (!data) return null;
  const line = lineOf(data.edge, data.source, data.target);
  return (
    <>
      {line === "storage" && (
        <path
          d={path}
          className={classes(styles.line, styles.wide, selected && styles.selected)}
          fill="none"
        />
      )}
      <BaseEdge
        path={path}
        {...(markerEnd !== undefined && { markerEnd })}
        interactionWidth={20}
        className={classes(styles.line, styles[line], selected && styles.selected)}
      />
      <EdgeLabel edge={data} line={line} at={label} isSelected={selected === true} isNew={isNew} />
    </>
  );
});

interface LabelProps {
  edge: NonNullable<DrawnEdge["data"]>;
  line: Line;
  at: LabelPlace;
  isSelected: boolean;
  isNew: boolean;
}

function EdgeLabel({ edge: { edge, source, target }, line, at, isSelected, isNew }: LabelProps) {
  const gate = useContext(OverlayContext)?.gates?.get(edge.id);
  const layer = useContext(LabelLayerContext);
  const label = (
    <div className={styles.middle} style={{ left: at.x, top: at.y }}>
      <span
        className={classes(styles.label, styles[`label-${line}`], isSelected && styles.selected)}
        style={at.room === undefined ? undefined : { maxWidth: at.room }}
        data-kept={isSelected || gate?.state === "waiting" || gate?.state === "failed" || undefined}
      >
        {line === "secret" && <Lock size={10} aria-hidden />}
        {line === "policy" && <Shield size={10} aria-hidden />}
        {line === "dependency" && <Gate {...gate} />}
        <span className={classes(at.room !== undefined && styles.tight)}>
          <bdi>{gate?.words ?? labelOf(edge, source, target)}</bdi>
        </span>
        {isNew && <strong className={styles.new}>+</strong>}
      </span>
    </div>
  );
  return layer && createPortal(label, layer);
}

const signs = { open: "◇", waiting: "◈", failed: "⨯" } as const;

function Gate({ state = "open" }: Partial<GateOverlay>) {
  return (
    <span className={classes(styles.gate, styles[state])} aria-hidden>
      {signs[state]}
    </span>
  );
}

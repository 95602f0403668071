import type { Workflow } from "../../../contract/workflows.ts";
import { Canvas } from "../../canvas/Canvas.tsx";
import { noChanges } from "../../canvas/changes.ts";
import type { Draft } from "../../canvas/draft.ts";
import { GhostsContext } from "../../canvas/ghosts-context.ts";
import { drawingOf } from "../../canvas/graph.ts";
import { StagedContext } from "../../canvas/staged.ts";
import { Empty } from "../../parts/Empty.tsx";
import { ErrorPanel } from "../../parts/ErrorPanel.tsx";
import styles from "./Editor.module.css";
import type { Deployed } from "./use-deployed.ts";

interface LiveProps {
  workflow: Workflow;
  deployed: Deployed;
  draft: Draft;
}

/** What the cluster has of the workflow, at the places that the draft gives it. */
export function LiveView({ workflow, deployed, draft }: LiveProps) {
  if (workflow.deployed_version === undefined)
    return <Empty title="Nothing of this workflow is deployed yet" text="Review the draft and deploy it." />;
  if (deployed.error) return <ErrorPanel error={deployed.error} />;
  if (!deployed.drawing) return <div className={styles.stage} />;
  const places = new Map(
    drawingOf(draft.graph.getState().graph).nodes.map(({ id, position }) => [id, position]),
  );
  const nodes = deployed.drawing.nodes.map((node) => ({
    ...node,
    position: places.get(node.id) ?? node.position,
  }));
  return (
    <div className={styles.stage}>
      <StagedContext value={noChanges}>
        <GhostsContext value={[]}>
          <Canvas
            design={{ ...deployed.drawing, nodes }}
            reason={`This is what runs: version ${deployed.version}. Switch to Draft to edit.`}
          />
        </GhostsContext>
      </StagedContext>
    </div>
  );
}

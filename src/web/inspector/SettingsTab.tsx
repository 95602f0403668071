import { useEffect, useRef } from "react";
import type { Design, DesignNode } from "../../contract/design.ts";
import { useGraph } from "../canvas/graph-store.ts";
import { Button } from "../parts/Button.tsx";
import { Note } from "../parts/Note.tsx";
import { fieldAt, useFocusRequest } from "./focus-request.ts";
import styles from "./Inspector.module.css";
import { SchemaForm } from "./SchemaForm.tsx";
import { useFormModel } from "./use-form-model.ts";
import { keepDraft, useDraft } from "./yaml-drafts.ts";

interface SettingsProps {
  namespace: string;
  deployed: { design: Pick<Design, "nodes">; version: number | undefined } | undefined;
  onTab: (tab: "yaml") => void;
  nodes: readonly DesignNode[];
}

/** The settings of what is selected; read-only while its YAML says something that they cannot yet. */
export function SettingsTab({ nodes, namespace, deployed, onTab }: SettingsProps) {
  const workflowId = useGraph((state) => state.workflowId);
  const locked = useGraph((state) => state.lock);
  const [only] = nodes.length === 1 ? nodes : [];
  const draft = useDraft(workflowId, only?.id);
  const lock = locked ?? (draft && "The YAML of this node is not taken over yet");
  const form = useFormModel({ nodes, namespace, deployed, lock });
  const box = useFocusedField(only?.id);
  return (
    <div ref={box} className={styles.settings}>
      {draft && only && (
        <Note
          tone="bad"
          title="Read-only: the YAML of this node is not taken over yet"
          action={
            <span className={styles.ways}>
              <Button size="small" onClick={() => onTab("yaml")}>
                Go on in YAML
              </Button>
              <Button size="small" onClick={() => keepDraft(workflowId, only.id, undefined)}>
                Discard
              </Button>
            </span>
          }
        >
          {draft.reason}. This is the last good state.
        </Note>
      )}
      {locked !== undefined && <Note tone="idle">{locked}</Note>}
      {nodes.length > 1 && <p className={styles.several}>What you change here changes in all of them.</p>}
      <SchemaForm form={form} />
    </div>
  );
}

/** Puts the focus where somebody asked to be led. */
function useFocusedField(nodeId: string | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const request = useFocusRequest((state) => state.request);
  useEffect(() => {
    if (!box.current || !request || request.nodeId !== nodeId) return;
    const field = fieldAt(box.current, request.path);
    field?.scrollIntoView({ block: "center" });
    const input = field?.querySelector<HTMLElement>("input, select, textarea");
    (input ?? field?.querySelector<HTMLElement>("button"))?.focus();
  }, [request, nodeId]);
  return box;
}

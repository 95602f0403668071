import type { DesignNode } from "../../contract/design.ts";
import { nameOfNode } from "../../core/relations/node-names.ts";
import { useGraph } from "../canvas/graph-store.ts";
import { Button } from "../parts/Button.tsx";
import { Note } from "../parts/Note.tsx";
import { CodeEditor } from "./CodeEditor.tsx";
import { useYaml } from "./use-yaml.ts";
import styles from "./Yaml.module.css";

/** A node's Kubernetes objects, to be read and written. */
export function YamlTab({ node, namespace }: { node: DesignNode; namespace: string }) {
  const { text, diagnostics, type, discard } = useYaml(node, namespace);
  const lock = useGraph((state) => state.lock);
  const [first] = diagnostics;
  return (
    <div className={styles.yaml}>
      {first && (
        <Note
          tone="bad"
          title="Not taken over"
          action={
            <Button size="small" onClick={discard}>
              Discard
            </Button>
          }
        >
          {first.message}. The draft stays as it was.
        </Note>
      )}
      {lock !== undefined && <Note tone="idle">{lock}</Note>}
      {text === "" && !first && (
        <Note tone="idle">
          Something is missing or wrong before this node becomes an object: see Problems, or paste a manifest
          here.
        </Note>
      )}
      <CodeEditor
        label={`YAML of ${nameOfNode(node)}`}
        text={text}
        diagnostics={diagnostics}
        isReadOnly={lock !== undefined}
        onChange={type}
      />
    </div>
  );
}

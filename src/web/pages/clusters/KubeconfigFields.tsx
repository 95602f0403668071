import { RadioGroup } from "../../parts/Choices.tsx";
import { Note } from "../../parts/Note.tsx";
import styles from "./Clusters.module.css";
import type { Faults, WayForm } from "./cluster-form.ts";
import type { KubeconfigReading } from "./read-kubeconfig.ts";
import { TextOrFile } from "./TextOrFile.tsx";
import { useKubeconfig } from "./use-kubeconfig.ts";

export interface KubeconfigFieldsProps {
  form: WayForm;
  faults: Faults;
  onChange: (patch: Partial<WayForm>) => void;
}

/** A kubeconfig, read as soon as it is there: its contexts to choose from, and what would be refused. */
export function KubeconfigFields({ form, faults, onChange }: KubeconfigFieldsProps) {
  const { kubeconfig, context } = form;
  const reading = useKubeconfig(kubeconfig);
  const change = (text: string) => onChange({ kubeconfig: text, context: "" });
  return (
    <div className={styles.fields}>
      <TextOrFile
        label="Kubeconfig"
        rows={10}
        placeholder={"apiVersion: v1\nkind: Config\nclusters:\n  …"}
        help="Tokens and certificates have to be inside: nothing that it points to is read or run."
        error={reading?.faults[0] === undefined ? faults.kubeconfig : <FaultList faults={reading.faults} />}
        value={kubeconfig}
        onChange={change}
      />
      {reading && reading.contexts.length > 0 && (
        <Contexts reading={reading} chosen={context} onChoose={(name) => onChange({ context: name })} />
      )}
      {faults.context && <Note tone="bad">{faults.context}</Note>}
    </div>
  );
}

function FaultList({ faults }: { faults: readonly string[] }) {
  return (
    <span className={styles.faults}>
      {faults.map((fault) => (
        <span key={fault}>{fault}</span>
      ))}
    </span>
  );
}

interface ContextsProps {
  reading: KubeconfigReading;
  chosen: string;
  onChoose: (name: string) => void;
}

function Contexts({ reading: { contexts, current }, chosen, onChoose }: ContextsProps) {
  return (
    <RadioGroup
      label="Context"
      value={chosen || current}
      onChange={onChoose}
      options={contexts.map(({ name, server, user, namespace }) => ({
        value: name,
        label: name === current ? `${name} (the file's own choice)` : name,
        help: [
          server || "no server",
          `as ${user || "nobody"}`,
          ...(namespace ? [`in ${namespace}`] : []),
        ].join(", "),
      }))}
    />
  );
}

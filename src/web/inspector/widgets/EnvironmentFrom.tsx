import { Select } from "../../parts/Choices.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import styles from "../Form.module.css";
import { Rows } from "./Rows.tsx";
import { useValue } from "./use-value.ts";
import { isMap, textOf, type WidgetProps } from "./widget.ts";
import { YamlBox } from "./YamlBox.tsx";

const kinds = [
  { value: "configMap", label: "ConfigMap" },
  { value: "secret", label: "Secret" },
];

/** Whole ConfigMaps and Secrets as variables. */
export function EnvironmentFromWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const list: unknown[] = Array.isArray(value) ? value : [];
  const set = (next: unknown[]) => write(next.length > 0 ? next : undefined);
  return (
    <Rows
      what="source"
      count={list.length}
      isReadOnly={isReadOnly}
      onAdd={() => set([...list, { type: "configMap", name: "" }])}
      onRemove={(index) => set(list.toSpliced(index, 1))}
    >
      {(index) => (
        <SourceRow
          source={list[index]}
          index={index}
          isReadOnly={isReadOnly}
          onChange={(source) => set(list.with(index, source))}
        />
      )}
    </Rows>
  );
}

interface SourceProps {
  source: unknown;
  index: number;
  isReadOnly: boolean;
  onChange: (source: unknown) => void;
}

function SourceRow({ source, index, isReadOnly, onChange }: SourceProps) {
  if (!isMap(source) || "configMapRef" in source || "secretRef" in source)
    return (
      <YamlBox label={`Source ${index + 1}`} value={source} isReadOnly={isReadOnly} onChange={onChange} />
    );
  const { prefix, ...others } = source;
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <Select
          label={`Kind of source ${index + 1}`}
          value={textOf(source.type)}
          options={kinds}
          disabled={isReadOnly}
          onChange={(type) => onChange({ ...source, type })}
        />
        <TextInput
          aria-label={`Name of source ${index + 1}`}
          code
          placeholder="name"
          readOnly={isReadOnly}
          value={textOf(source.name)}
          onChange={(name) => onChange({ ...source, name })}
        />
      </div>
      <TextInput
        aria-label={`Prefix of source ${index + 1}`}
        code
        placeholder="prefix of its variables, if any"
        readOnly={isReadOnly}
        value={textOf(prefix)}
        onChange={(text) => onChange(text === "" ? others : { ...others, prefix: text })}
      />
    </div>
  );
}

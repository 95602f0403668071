import { Select } from "../../parts/Choices.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { fromKey, type KeyReference, referenceOf, type Source, sourceOf } from "../environment.ts";
import styles from "../Form.module.css";
import type { Row } from "../table-rows.ts";
import { Twice } from "./Tables.tsx";
import { textOf } from "./widget.ts";
import { YamlBox } from "./YamlBox.tsx";

interface VariableProps {
  row: Row;
  index: number;
  isReadOnly: boolean;
  isTwice: boolean;
  onChange: (part: Partial<Row>) => void;
}

const sources: { value: Source; label: string }[] = [
  { value: "text", label: "is" },
  { value: "configMapKeyRef", label: "from ConfigMap" },
  { value: "secretKeyRef", label: "from Secret" },
  { value: "other", label: "other" },
];

/** One variable: its name, and a text or where else its value comes from. */
export function Variable({ row, index, isReadOnly, isTwice, onChange }: VariableProps) {
  const source = sourceOf(row.value);
  const called = row.key || `variable ${index + 1}`;
  const choose = (next: Source) => {
    if (next === "text") onChange({ value: "" });
    else if (next === "other")
      onChange({ value: { valueFrom: { fieldRef: { fieldPath: "metadata.name" } } } });
    else onChange({ value: fromKey(next, referenceOf(row)) });
  };
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <TextInput
          aria-label={`Name of variable ${index + 1}`}
          code
          autoComplete="off"
          readOnly={isReadOnly}
          value={row.key}
          placeholder="NAME"
          onChange={(key) => onChange({ key })}
        />
        <Select
          label={`Where ${called} comes from`}
          value={source}
          options={sources}
          disabled={isReadOnly}
          onChange={choose}
        />
      </div>
      {source === "text" && (
        <TextInput
          aria-label={`Value of ${called}`}
          code
          autoComplete="off"
          readOnly={isReadOnly}
          value={textOf(row.value)}
          onChange={(value) => onChange({ value })}
        />
      )}
      {(source === "configMapKeyRef" || source === "secretKeyRef") && (
        <Reference
          called={called}
          reference={referenceOf(row)}
          isReadOnly={isReadOnly}
          onChange={(reference) => onChange({ value: fromKey(source, reference) })}
        />
      )}
      {source === "other" && (
        <YamlBox
          label={`Source of ${called}`}
          value={row.value}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange({ value })}
        />
      )}
      <Twice isShown={isTwice} />
    </div>
  );
}

interface ReferenceProps {
  called: string;
  reference: KeyReference;
  isReadOnly: boolean;
  onChange: (reference: KeyReference) => void;
}

function Reference({ called, reference, isReadOnly, onChange }: ReferenceProps) {
  return (
    <div className={styles.pair}>
      <TextInput
        aria-label={`Object ${called} comes from`}
        code
        placeholder="name"
        readOnly={isReadOnly}
        value={textOf(reference.name)}
        onChange={(name) => onChange({ ...reference, name })}
      />
      <TextInput
        aria-label={`Key ${called} comes from`}
        code
        placeholder="key"
        readOnly={isReadOnly}
        value={textOf(reference.key)}
        onChange={(key) => onChange({ ...reference, key })}
      />
    </div>
  );
}

import { useState } from "react";
import { parseDocument, stringify } from "yaml";
import { TextArea } from "../../parts/Inputs.tsx";
import styles from "../Form.module.css";

export interface YamlBoxProps {
  id?: string | undefined;
  describedBy?: string | undefined;
  label: string;
  value: unknown;
  placeholder?: string | undefined;
  isReadOnly: boolean;
  onChange: (value: unknown) => void;
}

/** A value of any shape. While the text is not YAML the value stays what it was. */
export function LoadedYamlBox({
  id,
  describedBy,
  label,
  value,
  placeholder,
  isReadOnly,
  onChange,
}: YamlBoxProps) {
  const [draft, setDraft] = useState<{ text: string; value: unknown; error?: string }>();
  const isOwn = draft !== undefined && (draft.error !== undefined || isSame(draft.value, value));
  const text = isOwn ? draft.text : value === undefined ? "" : stringify(value);
  const type = (next: string) => {
    const document = parseDocument(next);
    const [error] = document.errors;
    if (error) {
      setDraft({ text: next, value, error: error.message.split("\n")[0] ?? "This is not YAML" });
      return;
    }
    const read = next.trim() === "" ? undefined : document.toJS();
    setDraft({ text: next, value: read });
    onChange(read ?? undefined);
  };
  return (
    <div className={styles.stack}>
      <TextArea
        id={id}
        describedBy={describedBy}
        aria-label={id === undefined ? label : undefined}
        code
        rows={Math.min(14, Math.max(2, text.split("\n").length))}
        className={styles.short}
        value={text}
        placeholder={placeholder}
        readOnly={isReadOnly}
        onChange={type}
      />
      {draft?.error !== undefined && (
        <p className={styles.fault} role="alert">
          Not taken over: {draft.error}
        </p>
      )}
    </div>
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

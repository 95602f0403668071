import { useEffect, useState } from "react";
import { TextArea } from "../../parts/Inputs.tsx";
import styles from "../Form.module.css";
import { useValue } from "./use-value.ts";
import type { WidgetProps } from "./widget.ts";

type Yaml = typeof import("yaml");

/** Comes when the first box does. */
function useYaml(): Yaml | undefined {
  const [yaml, setYaml] = useState<Yaml>();
  useEffect(() => {
    let isHere = true;
    void import("yaml").then((loaded) => isHere && setYaml(loaded));
    return () => {
      isHere = false;
    };
  }, []);
  return yaml;
}

interface BoxProps {
  id?: string | undefined;
  describedBy?: string | undefined;
  label: string;
  value: unknown;
  placeholder?: string | undefined;
  isReadOnly: boolean;
  onChange: (value: unknown) => void;
}

/** A value of any shape. While the text is not YAML the value stays what it was. */
export function YamlBox(props: BoxProps) {
  const yaml = useYaml();
  return yaml ? (
    <LoadedBox {...props} yaml={yaml} />
  ) : (
    <TextArea aria-label={props.label} value="" readOnly onChange={() => undefined} />
  );
}

function LoadedBox({
  yaml,
  id,
  describedBy,
  label,
  value,
  placeholder,
  isReadOnly,
  onChange,
}: BoxProps & { yaml: Yaml }) {
  const [draft, setDraft] = useState<{ text: string; value: unknown; error?: string }>();
  const isOwn = draft !== undefined && (draft.error !== undefined || isSame(draft.value, value));
  const text = isOwn ? draft.text : value === undefined ? "" : yaml.stringify(value);
  const type = (next: string) => {
    const document = yaml.parseDocument(next);
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

/** What no other widget fits, in Kubernetes' own form. */
export function YamlWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  return (
    <YamlBox
      id={props.id}
      describedBy={props.describedBy}
      label={props.field.title}
      value={value}
      placeholder="YAML"
      isReadOnly={isReadOnly}
      onChange={write}
    />
  );
}

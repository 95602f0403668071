import { FileUp } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button } from "../../parts/Button.tsx";
import { Field } from "../../parts/Field.tsx";
import { TextArea } from "../../parts/Inputs.tsx";
import styles from "./Clusters.module.css";

export interface TextOrFileProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  help?: ReactNode;
  hint?: string | undefined;
  placeholder?: string | undefined;
  rows?: number | undefined;
}

/** A text that is pasted, typed or taken from a file on this device. */
export function TextOrFile({ label, value, onChange, rows = 5, placeholder, ...field }: TextOrFileProps) {
  const file = useRef<HTMLInputElement>(null);
  const read = async (chosen: File | undefined) => {
    if (chosen) onChange(await chosen.text());
  };
  return (
    <div className={styles.fields}>
      <Field label={label} {...field}>
        {(id, describedBy) => (
          <TextArea
            id={id}
            describedBy={describedBy}
            code
            rows={rows}
            placeholder={placeholder}
            value={value}
            onChange={onChange}
          />
        )}
      </Field>
      <div>
        <input
          ref={file}
          type="file"
          tabIndex={-1}
          className={styles.file}
          aria-label={`File for ${label}`}
          onChange={(event) => void read(event.target.files?.[0])}
        />
        <Button size="small" icon={FileUp} onClick={() => file.current?.click()}>
          Choose a file
        </Button>
      </div>
    </div>
  );
}

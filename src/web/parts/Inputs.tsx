import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { IconButton } from "./Button.tsx";
import { classes } from "./classes.ts";
import { useFaulty } from "./Field.tsx";
import styles from "./Inputs.module.css";

type Native<Tag extends "input" | "textarea"> = Omit<ComponentProps<Tag>, "value" | "onChange" | "type">;

/** What every input takes: the id and the description come from the `Field` around it. */
interface Described {
  describedBy?: string | undefined;
}

export interface TextInputProps extends Native<"input">, Described {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "url" | "search" | "password" | undefined;
  /** For ids, images and paths. */
  code?: boolean | undefined;
}

export function TextInput({
  value,
  onChange,
  describedBy,
  code,
  className,
  type = "text",
  ...rest
}: TextInputProps) {
  return (
    <input
      {...rest}
      type={type}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      aria-describedby={describedBy}
      aria-invalid={useFaulty() || undefined}
      className={classes(styles.input, code && styles.code, className)}
      {...(code && plainTyping)}
    />
  );
}

const plainTyping = { autoCapitalize: "none", autoCorrect: "off", spellCheck: false } as const;

export interface NumberInputProps extends Native<"input">, Described {
  value: number | undefined;
  /** `undefined` once it is empty, or not a number. */
  onChange: (value: number | undefined) => void;
  unit?: string | undefined;
}

export function NumberInput({ value, onChange, describedBy, unit, className, ...rest }: NumberInputProps) {
  return (
    <div className={styles.wrap}>
      <input
        {...rest}
        type="number"
        inputMode="decimal"
        value={value ?? ""}
        onChange={({ target }) =>
          onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)
        }
        aria-describedby={describedBy}
        aria-invalid={useFaulty() || undefined}
        className={classes(styles.input, unit && styles.withUnit, className)}
      />
      {unit && <span className={styles.unit}>{unit}</span>}
    </div>
  );
}

export interface TextAreaProps extends Native<"textarea">, Described {
  value: string;
  onChange: (value: string) => void;
  code?: boolean | undefined;
}

export function TextArea({ value, onChange, describedBy, code, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      rows={4}
      {...rest}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      aria-describedby={describedBy}
      aria-invalid={useFaulty() || undefined}
      className={classes(styles.input, styles.area, code && styles.code, className)}
      {...(code && plainTyping)}
    />
  );
}

/** For secrets: hidden until asked for; pasting and password managers work. */
export function PasswordInput(props: Omit<TextInputProps, "type" | "code">) {
  const [shown, show] = useState(false);
  return (
    <div className={styles.wrap}>
      <TextInput
        {...props}
        type={shown ? "text" : "password"}
        className={styles.withReveal}
        {...plainTyping}
      />
      <IconButton
        className={styles.reveal}
        label={shown ? "Hide" : "Show"}
        icon={shown ? EyeOff : Eye}
        aria-pressed={shown}
        onClick={() => show(!shown)}
      />
    </div>
  );
}

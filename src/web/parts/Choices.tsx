import { ChevronDown } from "lucide-react";
import { Switch as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { classes } from "./classes.ts";
import { useFaulty } from "./Field.tsx";
import styles from "./Inputs.module.css";

export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  /** Why it cannot be chosen. */
  disabledReason?: string | undefined;
  /** One sentence under a radio button. */
  help?: ReactNode;
}

export interface SelectProps<Value extends string> {
  id?: string | undefined;
  describedBy?: string | undefined;
  /** Its name, where no `Field` gives it one. */
  label?: string | undefined;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  disabled?: boolean | undefined;
  className?: string | undefined;
}

/** One of a few: the browser's own, which every keyboard, phone and screen reader knows. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { id, describedBy, label, value, onChange, options, disabled, className } = props;
  return (
    <div className={classes(styles.wrap, className)}>
      <select
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={useFaulty() || undefined}
        disabled={disabled}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
        className={classes(styles.input, styles.select)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={Boolean(option.disabledReason)}>
            {option.disabledReason ? `${option.label} (${option.disabledReason})` : option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={16} className={styles.chevron} aria-hidden />
    </div>
  );
}

export interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  help?: ReactNode;
  disabled?: boolean | undefined;
}

export function Checkbox({ checked, onChange, label, help, disabled }: CheckProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {help && <span className={styles.choiceHelp}>{help}</span>}
      </span>
    </label>
  );
}

/** On or off, with effect at once. */
export function Switch({ checked, onChange, label, help, disabled }: CheckProps) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <Radix.Root
        id={id}
        className={styles.switch}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled ?? false}
      >
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
      <label htmlFor={id}>
        {label}
        {help && <span className={styles.choiceHelp}>{help}</span>}
      </label>
    </div>
  );
}

export interface RadioGroupProps<Value extends string> {
  label: ReactNode;
  value: Value | undefined;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
}

export function RadioGroup<Value extends string>({
  label,
  value,
  onChange,
  options,
}: RadioGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.choices}>
        {options.map((option) => (
          <label key={option.value} className={styles.choice}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={Boolean(option.disabledReason)}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {(option.disabledReason ?? option.help) && (
                <span className={styles.choiceHelp}>{option.disabledReason ?? option.help}</span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

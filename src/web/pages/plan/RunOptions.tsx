import { RadioGroup } from "../../parts/Choices.tsx";
import { Field } from "../../parts/Field.tsx";
import { NumberInput } from "../../parts/Inputs.tsx";
import styles from "./Plan.module.css";

export interface RunChoices {
  onFailure: "rollback" | "keep";
  minutes: number | undefined;
}

export const usualChoices: RunChoices = { onFailure: "rollback", minutes: 10 };

/** What becomes of a run that fails, and how long it may take. */
export function RunOptions({
  choices,
  onChange,
}: {
  choices: RunChoices;
  onChange: (next: RunChoices) => void;
}) {
  return (
    <div className={styles.options}>
      <RadioGroup
        label="If it fails"
        value={choices.onFailure}
        onChange={(onFailure) => onChange({ ...choices, onFailure })}
        options={[
          { value: "rollback", label: "put everything back" },
          { value: "keep", label: "keep what was applied" },
        ]}
      />
      <Field label="Give up after">
        {(id, describedBy) => (
          <NumberInput
            id={id}
            describedBy={describedBy}
            unit="min"
            min={1}
            max={120}
            value={choices.minutes}
            onChange={(minutes) => onChange({ ...choices, minutes })}
          />
        )}
      </Field>
    </div>
  );
}

import { Select } from "../../parts/Choices.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import styles from "../Form.module.css";
import { partsOf, unitsOf } from "../quantity.ts";
import { useValue } from "./use-value.ts";
import { isMap, textOf, type WidgetProps } from "./widget.ts";

/** An amount of storage. */
export function QuantityWidget(props: WidgetProps) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  return (
    <Amount
      id={props.id}
      describedBy={props.describedBy}
      label={props.field.title}
      sort="bytes"
      value={value}
      placeholder={placeholder}
      isReadOnly={isReadOnly}
      onChange={write}
    />
  );
}

const usualAmounts = [
  { key: "cpu", label: "CPU" },
  { key: "memory", label: "Memory" },
];

/** CPU and memory, and whatever else is asked for already. */
export function AmountsWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const amounts = isMap(value) ? value : {};
  const further = Object.keys(amounts).filter((key) => !usualAmounts.some((each) => each.key === key));
  const rows = [...usualAmounts, ...further.map((key) => ({ key, label: key }))];
  const change = (key: string, amount: string | undefined) => {
    const { [key]: _, ...others } = amounts;
    const next = amount === undefined ? others : { ...amounts, [key]: amount };
    write(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <div className={styles.rows}>
      {rows.map(({ key, label }) => (
        <div key={key} className={styles.amountRow}>
          <span aria-hidden>{label}</span>
          <Amount
            label={`${label}, ${props.field.title.toLowerCase()}`}
            sort={key === "cpu" ? "cpu" : "bytes"}
            value={amounts[key]}
            placeholder=""
            isReadOnly={isReadOnly}
            onChange={(amount) => change(key, amount)}
          />
        </div>
      ))}
    </div>
  );
}

interface AmountProps {
  id?: string;
  describedBy?: string | undefined;
  label: string;
  sort: "cpu" | "bytes";
  value: unknown;
  placeholder: string;
  isReadOnly: boolean;
  onChange: (value: string | undefined) => void;
}

/** A number and its unit; whole amounts may be typed or pasted, and other spellings are left as they are. */
function Amount({ id, describedBy, label, sort, value, placeholder, isReadOnly, onChange }: AmountProps) {
  const units = unitsOf[sort] ?? [];
  const usual = partsOf(placeholder)?.unit || (sort === "cpu" ? "m" : "Mi");
  const parts = partsOf(value);
  const known = parts && units.some((unit) => unit.value === parts.unit) ? parts : undefined;
  const type = (text: string) => {
    const trimmed = text.trim();
    const isNumber = /^\d*\.?\d*$/.test(trimmed);
    if (trimmed === "") onChange(undefined);
    else onChange(isNumber ? `${trimmed}${parts?.number ? parts.unit : usual}` : trimmed);
  };
  return (
    <div className={styles.amount}>
      <TextInput
        id={id}
        describedBy={describedBy}
        aria-label={id === undefined ? label : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={known ? known.number : textOf(value)}
        placeholder={known ? (partsOf(placeholder)?.number ?? "") : placeholder}
        readOnly={isReadOnly}
        onChange={type}
      />
      {known && (
        <Select
          label={`Unit of ${label}`}
          value={known.number === "" ? usual : known.unit}
          options={units}
          disabled={isReadOnly || known.number === ""}
          onChange={(unit) => onChange(`${known.number}${unit}`)}
        />
      )}
    </div>
  );
}

import { TextInput } from "../../parts/Inputs.tsx";
import { cronWords } from "../cron-words.ts";
import styles from "../Form.module.css";
import { useForm } from "../form-model.ts";
import { useValue } from "./use-value.ts";
import { textOf, type WidgetProps } from "./widget.ts";

/** A schedule, with its next three times. */
export function CronWidget(props: WidgetProps) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  const zone = textOf(useForm().read(["timeZone"])) || undefined;
  const times = cronWords(textOf(value), zone, new Date());
  return (
    <div className={styles.stack}>
      <TextInput
        id={props.id}
        describedBy={props.describedBy}
        code
        autoComplete="off"
        value={textOf(value)}
        placeholder={placeholder}
        readOnly={isReadOnly}
        onChange={(text) => write(text === "" ? undefined : text)}
      />
      {times && (
        <div className={styles.about}>
          Next, {zone ?? "in the cluster’s time, taken for UTC"}:
          <ul>
            {times.map((time) => (
              <li key={time}>{time}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

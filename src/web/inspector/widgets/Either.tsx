import { Select } from "../../parts/Choices.tsx";
import styles from "../Form.module.css";
import { useValue } from "./use-value.ts";
import { isMap, textOf, type WidgetProps } from "./widget.ts";
import { YamlBox } from "./YamlBox.tsx";

const own = " own";

/** One of a few words, or all of it in Kubernetes' own form. */
export function EitherWidget(props: WidgetProps) {
  const { value, write, placeholder, isReadOnly } = useValue(props);
  const words = props.field.words ?? [];
  const none =
    placeholder === "" ? "Not set" : placeholder === "mixed" ? placeholder : `${placeholder} (default)`;
  const choose = (word: string) => {
    if (word === own) write({ type: textOf(value) || words[0] });
    else write(word === "" ? undefined : word);
  };
  return (
    <div className={styles.stack}>
      <Select
        id={props.id}
        describedBy={props.describedBy}
        disabled={isReadOnly}
        value={isMap(value) ? own : textOf(value)}
        onChange={choose}
        options={[
          { value: "", label: none },
          ...words.map((word) => ({ value: word, label: word })),
          { value: own, label: "In detail" },
        ]}
      />
      {isMap(value) && (
        <YamlBox
          label={`${props.field.title} in detail`}
          value={value}
          isReadOnly={isReadOnly}
          onChange={write}
        />
      )}
    </div>
  );
}

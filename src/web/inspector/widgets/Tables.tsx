import { TextArea, TextInput } from "../../parts/Inputs.tsx";
import styles from "../Form.module.css";
import { isRepeated } from "../table-rows.ts";
import { Rows } from "./Rows.tsx";
import { useRows } from "./use-rows.ts";
import { useValue } from "./use-value.ts";
import { isMap, textOf, type WidgetProps } from "./widget.ts";

/** Labels, selectors and annotations. */
export function MapWidget(props: WidgetProps) {
  const { value, write, derived, isReadOnly } = useValue(props);
  const table = useRows(isMap(value) ? value : {}, write);
  const brought = value === undefined && isMap(derived) ? Object.entries(derived) : [];
  return (
    <>
      {brought.length > 0 && (
        <p className={styles.brought}>{brought.map(([key, each]) => `${key}=${textOf(each)}`).join(", ")}</p>
      )}
      <Rows
        what="label"
        count={table.rows.length}
        isReadOnly={isReadOnly}
        onAdd={table.add}
        onRemove={table.remove}
      >
        {(index) => (
          <>
            <TextInput
              aria-label={`Name ${index + 1} of ${props.field.title.toLowerCase()}`}
              code
              readOnly={isReadOnly}
              value={table.rows[index]?.key ?? ""}
              onChange={(key) => table.change(index, { key })}
            />
            <TextInput
              aria-label={`Value ${index + 1} of ${props.field.title.toLowerCase()}`}
              code
              readOnly={isReadOnly}
              value={textOf(table.rows[index]?.value)}
              onChange={(text) => table.change(index, { value: text })}
            />
            <Twice isShown={isRepeated(table.rows, index)} />
          </>
        )}
      </Rows>
    </>
  );
}

/** Keys with texts of any length, one under the other. */
export function ConfigurationWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const table = useRows(isMap(value) ? value : {}, write);
  return (
    <Rows
      what="key"
      count={table.rows.length}
      isReadOnly={isReadOnly}
      onAdd={table.add}
      onRemove={table.remove}
    >
      {(index) => {
        const { key = "", value: text } = table.rows[index] ?? {};
        return (
          <div className={styles.stack}>
            <TextInput
              aria-label={`Key ${index + 1}`}
              code
              readOnly={isReadOnly}
              value={key}
              onChange={(next) => table.change(index, { key: next })}
            />
            <TextArea
              aria-label={key === "" ? `Text ${index + 1}` : `Text of ${key}`}
              code
              rows={Math.min(12, Math.max(1, textOf(text).split("\n").length))}
              className={styles.short}
              readOnly={isReadOnly}
              value={typeof text === "object" ? JSON.stringify(text) : textOf(text)}
              onChange={(next) => table.change(index, { value: next })}
            />
            <Twice isShown={isRepeated(table.rows, index)} />
          </div>
        );
      }}
    </Rows>
  );
}

export function Twice({ isShown }: { isShown: boolean }) {
  return isShown && <p className={styles.fault}>This name is there twice; the first counts.</p>;
}

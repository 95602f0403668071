import { type ClipboardEvent, useState } from "react";
import { Button } from "../../parts/Button.tsx";
import { TextArea } from "../../parts/Inputs.tsx";
import { isEnvFile, readEnvFile } from "../env-file.ts";
import { environmentLike, environmentMap } from "../environment.ts";
import styles from "../Form.module.css";
import { isRepeated, withPasted } from "../table-rows.ts";
import { Rows } from "./Rows.tsx";
import { useRows } from "./use-rows.ts";
import { useValue } from "./use-value.ts";
import { Variable } from "./Variable.tsx";
import type { WidgetProps } from "./widget.ts";

/** Variables, each a text or a key of something else; a whole `.env` file may be pasted anywhere. */
export function EnvironmentWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const [isPasting, setPasting] = useState(false);
  const table = useRows(environmentMap(value), (map) => write(environmentLike(value, map)));
  const take = (text: string) => table.set(withPasted(table.rows, readEnvFile(text)));
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!isEnvFile(text)) return;
    event.preventDefault();
    take(text);
  };
  return (
    <div onPaste={isReadOnly ? undefined : paste}>
      <Rows
        what="variable"
        count={table.rows.length}
        isReadOnly={isReadOnly}
        onAdd={table.add}
        onRemove={table.remove}
        more={
          <Button
            size="small"
            variant="quiet"
            aria-expanded={isPasting}
            onClick={() => setPasting(!isPasting)}
          >
            Paste .env
          </Button>
        }
      >
        {(index) => (
          <Variable
            row={table.rows[index] ?? { key: "", value: "" }}
            index={index}
            isReadOnly={isReadOnly}
            isTwice={isRepeated(table.rows, index)}
            onChange={(part) => table.change(index, part)}
          />
        )}
      </Rows>
      {isPasting && <PasteBox onTake={take} onClose={() => setPasting(false)} />}
    </div>
  );
}

function PasteBox({ onTake, onClose }: { onTake: (text: string) => void; onClose: () => void }) {
  const [text, setText] = useState("");
  const count = readEnvFile(text).length;
  const take = () => {
    onTake(text);
    onClose();
  };
  return (
    <div className={styles.stack}>
      <TextArea
        aria-label="Contents of a .env file"
        code
        autoFocus
        placeholder={"LOG_LEVEL=info\nPORT=8080"}
        value={text}
        onChange={setText}
      />
      <div className={styles.rowActions}>
        <Button
          size="small"
          variant="primary"
          disabledReason={count === 0 ? "There is no variable in it" : undefined}
          onClick={take}
        >
          {count === 0 ? "Take over" : `Take over ${count}`}
        </Button>
        <Button size="small" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

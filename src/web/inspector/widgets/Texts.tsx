import { TextInput } from "../../parts/Inputs.tsx";
import { Rows, raised } from "./Rows.tsx";
import { useValue } from "./use-value.ts";
import { textOf, type WidgetProps } from "./widget.ts";

/** One row for each text, so that blanks and commas are only that. */
export function TextsWidget(props: WidgetProps) {
  const { value, write, derived, isReadOnly } = useValue(props);
  const list: unknown[] = Array.isArray(value) ? value : [];
  const what = props.field.key === "args" || props.field.key === "command" ? "argument" : "row";
  const set = (next: unknown[]) => write(next.length > 0 ? next : undefined);
  const paste = (index: number, text: string) =>
    set(list.toSpliced(index, 1, ...text.split(/\r?\n/).filter((line) => line !== "")));
  return (
    <>
      {list.length === 0 && Array.isArray(derived) && derived.length > 0 && (
        <p>{derived.map(String).join(", ")}</p>
      )}
      <Rows
        what={what}
        count={list.length}
        isReadOnly={isReadOnly}
        onAdd={() => set([...list, ""])}
        onRemove={(index) => set(list.toSpliced(index, 1))}
        onRaise={(index) => set(raised(list, index))}
      >
        {(index) => (
          <TextInput
            aria-label={`${props.field.title} ${index + 1}`}
            code
            autoComplete="off"
            readOnly={isReadOnly}
            value={textOf(list[index])}
            onChange={(text) => set(list.with(index, text))}
            onPaste={(event) => {
              const text = event.clipboardData.getData("text/plain");
              if (!/\n/.test(text.trim())) return;
              event.preventDefault();
              paste(index, text);
            }}
          />
        )}
      </Rows>
    </>
  );
}

/** Names of other things, as texts or within objects; what else such an object holds stays. */
export function PlainNamesWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const list: unknown[] = Array.isArray(value) ? value : [];
  const set = (next: unknown[]) => write(next.length > 0 ? next : undefined);
  const nameOf = (item: unknown) =>
    typeof item === "object" ? textOf((item as { name?: unknown } | null)?.name) : textOf(item);
  const named = (item: unknown, name: string) => (typeof item === "object" ? { ...item, name } : name);
  return (
    <Rows
      what="name"
      count={list.length}
      isReadOnly={isReadOnly}
      onAdd={() => set([...list, ""])}
      onRemove={(index) => set(list.toSpliced(index, 1))}
    >
      {(index) => (
        <TextInput
          aria-label={`${props.field.title} ${index + 1}`}
          code
          autoComplete="off"
          readOnly={isReadOnly}
          value={nameOf(list[index])}
          onChange={(text) => set(list.with(index, named(list[index], text)))}
        />
      )}
    </Rows>
  );
}

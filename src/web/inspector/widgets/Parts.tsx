import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { Field } from "../../../core/catalog/form.ts";
import styles from "../Form.module.css";
import { useForm } from "../form-model.ts";
import type { Place } from "../places.ts";
import { useFields } from "./fields-context.ts";
import { Rows, raised } from "./Rows.tsx";
import { useValue } from "./use-value.ts";
import { isMap, textOf, type WidgetProps } from "./widget.ts";

/** Settings that belong together. */
export function PartWidget({ field, place }: WidgetProps) {
  const Fields = useFields();
  return <Fields fields={field.fields ?? []} place={place} />;
}

const few = 2;

/** A list of things with settings of their own. */
export function ListWidget(props: WidgetProps) {
  const { value, write, isReadOnly } = useValue(props);
  const { field, place } = props;
  const list: unknown[] = Array.isArray(value) ? value : [];
  const what = singular(field.title);
  const set = (next: unknown[]) => write(next.length > 0 ? next : undefined);
  return (
    <Rows
      what={what.toLowerCase()}
      count={list.length}
      isReadOnly={isReadOnly}
      onAdd={() => set([...list, {}])}
      onRemove={(index) => set(list.toSpliced(index, 1))}
      onRaise={(index) => set(raised(list, index))}
    >
      {(index) => (
        <Item
          title={titleOf(list[index]) || `${what} ${index + 1}`}
          fields={field.fields ?? []}
          place={[...place, index]}
          isOpenAtFirst={list.length <= few || isEmpty(list[index])}
        />
      )}
    </Rows>
  );
}

function Item(props: { title: string; fields: readonly Field[]; place: Place; isOpenAtFirst: boolean }) {
  const { title, fields, place, isOpenAtFirst } = props;
  const id = useId();
  const Fields = useFields();
  const [isOpen, open] = useState(isOpenAtFirst);
  const isFaulty = useForm().problemsIn(place).length > 0;
  const isShown = isOpen || isFaulty;
  const Arrow = isShown ? ChevronDown : ChevronRight;
  return (
    <div className={styles.item}>
      <button
        type="button"
        className={styles.itemTitle}
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => open(!isShown)}
      >
        <Arrow size={14} aria-hidden />
        <span>{title}</span>
      </button>
      <div id={id} hidden={!isShown}>
        {isShown && <Fields fields={fields} place={place} />}
      </div>
    </div>
  );
}

function titleOf(item: unknown): string {
  if (!isMap(item)) return textOf(item);
  const named = ["name", "path", "mountPath", "containerPort", "port", "key"].find((key) =>
    textOf(item[key]),
  );
  return named === undefined ? "" : textOf(item[named]);
}

function isEmpty(item: unknown): boolean {
  return isMap(item) && Object.keys(item).length === 0;
}

function singular(title: string): string {
  const words: Readonly<Record<string, string>> = {
    Paths: "Path",
    From: "Peer",
    To: "Peer",
    Incoming: "Rule",
    Outgoing: "Rule",
  };
  return (
    words[title] ??
    title
      .replace(/^Further /, "")
      .replace(/^./, (first) => first.toUpperCase())
      .replace(/s$/, "")
  );
}

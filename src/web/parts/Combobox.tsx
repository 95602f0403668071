import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { rank } from "../../core/search/rank.ts";
import styles from "./Combobox.module.css";

export interface ComboboxItem {
  id: string;
  label: string;
  hint?: ReactNode;
  icon?: ReactNode;
  keywords?: readonly string[] | undefined;
  /** Why it cannot be picked; it is listed all the same. */
  disabledReason?: string | undefined;
}

export interface ComboboxProps<Item extends ComboboxItem> {
  label: string;
  items: readonly Item[];
  /** What was highlighted when Enter was pressed or the pointer clicked, and what was typed. */
  onPick: (item: Item, typed: string) => void;
  /** Which items fit, and in which order; ours unless the caller knows better. */
  filter?: ((items: readonly Item[], typed: string) => readonly Item[]) | undefined;
  onType?: ((typed: string) => void) | undefined;
  /** What is said when nothing fits. */
  none?: ReactNode;
  autoFocus?: boolean | undefined;
  /** Keys of the caller's own, with what is highlighted. */
  onKey?: ((event: KeyboardEvent, item: Item | undefined) => void) | undefined;
}

/** A field over a list: typing narrows it, arrows move in it, Enter takes what is highlighted. */
export function Combobox<Item extends ComboboxItem>(props: ComboboxProps<Item>) {
  const { label, onPick, onKey, none = "Nothing fits" } = props;
  const listId = useId();
  const { typed, type, shown, current, highlight, move } = useChoice(props);
  const field = useFocusOnMount(props.autoFocus ?? true);

  const press = (event: KeyboardEvent) => {
    onKey?.(event, current);
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (current && !current.disabledReason) onPick(current, typed);
    } else if (move(event.key)) event.preventDefault();
  };

  return (
    <div className={styles.combobox}>
      <div className={styles.search}>
        <Search size={16} aria-hidden />
        <input
          ref={field}
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={listId}
          aria-activedescendant={current && `${listId}${current.id}`}
          autoComplete="off"
          spellCheck={false}
          placeholder={label}
          className={styles.input}
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
        />
      </div>
      <div id={listId} role="listbox" aria-label={label} className={styles.list}>
        {shown.map((item) => (
          <ItemRow
            key={item.id}
            id={`${listId}${item.id}`}
            item={item}
            current={item === current}
            onPoint={() => highlight(item.id)}
            onPick={() => onPick(item, typed)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p className={styles.none} role="status">
          {none}
        </p>
      )}
    </div>
  );
}

/** What is typed, what fits and which of it is highlighted: always one that is on screen, or none. */
function useChoice<Item extends ComboboxItem>({ items, filter = rank, onType }: ComboboxProps<Item>) {
  const [typed, setTyped] = useState("");
  const [wanted, highlight] = useState<string>();
  const shown = filter(items, typed);
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === wanted),
  );

  return {
    typed,
    shown,
    current: shown[at],
    highlight,
    type(text: string) {
      setTyped(text);
      highlight(undefined);
      onType?.(text);
    },
    move(key: string): boolean {
      const next = shown[indexAfter(key, at, shown.length)];
      if (next) highlight(next.id);
      return next !== undefined;
    },
  };
}

function indexAfter(key: string, at: number, count: number): number {
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "PageDown") return Math.min(at + 8, count - 1);
  return key === "PageUp" ? Math.max(at - 8, 0) : -1;
}

function useFocusOnMount(wanted: boolean) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wanted) field.current?.focus();
  }, [wanted]);
  return field;
}

interface RowProps {
  id: string;
  item: ComboboxItem;
  current: boolean;
  onPoint: () => void;
  onPick: () => void;
}

function ItemRow({ id, item, current, onPoint, onPick }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes the keys.
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={current}
      aria-disabled={item.disabledReason ? true : undefined}
      tabIndex={-1}
      className={styles.item}
      onPointerMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !item.disabledReason && onPick()}
    >
      {item.icon}
      <span className={styles.label}>
        {item.label}
        {item.disabledReason && <span className={styles.reason}>{item.disabledReason}</span>}
      </span>
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
    </div>
  );
}

import { Dialog as Radix } from "radix-ui";
import { rank } from "../../core/search/rank.ts";
import { Combobox } from "../parts/Combobox.tsx";
import { Hidden } from "../parts/Hidden.tsx";
import styles from "./Palette.module.css";
import { useFoundItems } from "./use-found-items.tsx";
import { usePaletteItems } from "./use-palette-items.tsx";

interface PaletteProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  onKeys(): void;
}

/** Goes anywhere and does anything, by its name. */
export function Palette({ open, onOpenChange, onKeys }: PaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content className={styles.palette} aria-describedby={undefined}>
          <Radix.Title asChild>
            <h2>
              <Hidden>Search or go to</Hidden>
            </h2>
          </Radix.Title>
          <Choices close={() => onOpenChange(false)} onKeys={onKeys} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Choices({ close, onKeys }: { close(): void; onKeys(): void }) {
  const own = usePaletteItems(onKeys);
  const { found, ask } = useFoundItems();

  return (
    <Combobox
      label="Search, go to a page, or do something"
      items={own}
      // What the server finds comes below, so that nothing moves under what is highlighted.
      filter={(items, typed) => [...rank(items, typed), ...found]}
      onType={ask}
      onPick={(item) => {
        close();
        item.run();
      }}
    />
  );
}

import { Check, ChevronDown, type LucideIcon } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "./Button.tsx";
import { classes } from "./classes.ts";
import { homeOf } from "./home-of.ts";
import styles from "./Menu.module.css";

export interface MenuProps {
  /** What the button says … */
  label?: string | undefined;
  /** … or a button of the caller's own, which takes a ref. */
  trigger?: ReactNode;
  align?: "start" | "end" | undefined;
  children: ReactNode;
}

export function Menu({ label, trigger, align = "end", children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [home, setHome] = useState<HTMLElement | null>(null);
  return (
    <Radix.Root modal={false} onOpenChange={(open) => open && setHome(homeOf(button.current))}>
      <Radix.Trigger asChild ref={button}>
        {trigger ?? (
          <Button>
            {label}
            <ChevronDown size={16} aria-hidden />
          </Button>
        )}
      </Radix.Trigger>
      <Radix.Portal container={home}>
        <Radix.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps {
  icon?: LucideIcon | undefined;
  onSelect?: (() => void) | undefined;
  danger?: boolean | undefined;
  /** The keys that do the same. */
  keys?: string | undefined;
  disabledReason?: string | undefined;
  /** The one child is a link and becomes the item. */
  asChild?: boolean | undefined;
  children: ReactNode;
}

export function MenuItem({
  icon: Icon,
  onSelect,
  danger,
  keys,
  disabledReason,
  asChild,
  children,
}: MenuItemProps) {
  const className = classes(styles.item, danger && styles.danger);
  if (asChild)
    return (
      <Radix.Item asChild className={className}>
        {children}
      </Radix.Item>
    );
  return (
    <Radix.Item className={className} disabled={Boolean(disabledReason)} onSelect={() => onSelect?.()}>
      {Icon && <Icon size={16} aria-hidden />}
      <span className={styles.text}>
        {children}
        {disabledReason && <span className={styles.reason}>{disabledReason}</span>}
      </span>
      {keys && <span className={styles.keys}>{keys}</span>}
    </Radix.Item>
  );
}

/** An item of which one of several, or none, is chosen. */
export function MenuChoice(props: { checked: boolean; onSelect: () => void; children: ReactNode }) {
  return (
    <Radix.CheckboxItem
      className={styles.item}
      checked={props.checked}
      onCheckedChange={() => props.onSelect()}
    >
      <span className={styles.text}>{props.children}</span>
      <Radix.ItemIndicator>
        <Check size={16} aria-hidden />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={styles.label}>{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className={styles.line} />;
}

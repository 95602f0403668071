import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./Dialog.module.css";

export interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children?: ReactNode;
  /** The buttons at the foot, the main one last. */
  actions?: ReactNode;
  size?: "small" | "medium" | "large" | undefined;
  /** There is nothing in it but text, which takes the keys that scroll it. */
  isText?: boolean;
}

/** A window over the page: Escape closes it and the focus goes back to where it was. */
export function Dialog({
  title,
  description,
  open,
  onOpenChange,
  children,
  actions,
  size = "medium",
  isText,
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={classes(styles.dialog, styles[size])}
          {...(!description && { "aria-describedby": undefined })}
        >
          <header className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {description && (
              <Radix.Description className={styles.description}>{description}</Radix.Description>
            )}
          </header>
          {children && (
            <div className={styles.body} tabIndex={isText ? 0 : undefined}>
              {children}
            </div>
          )}
          {actions && <footer className={styles.actions}>{actions}</footer>}
          {/* Last, so that the focus starts on what the dialog is about. */}
          <Radix.Close asChild>
            <Button variant="quiet" icon={X} aria-label="Close" className={styles.close} />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

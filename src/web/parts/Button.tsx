import { LoaderCircle, type LucideIcon } from "lucide-react";
import { type ComponentProps, type MouseEvent, useId } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes.ts";
import { Hidden } from "./Hidden.tsx";
import { Tooltip } from "./Tooltip.tsx";

export interface ButtonLook {
  variant?: "primary" | "plain" | "quiet" | "danger" | undefined;
  size?: "normal" | "small" | undefined;
}

export interface ButtonProps extends ButtonLook, Omit<ComponentProps<"button">, "disabled"> {
  icon?: LucideIcon | undefined;
  /** Under way: shown, said, and not pressed twice. */
  busy?: boolean | undefined;
  /** Why it cannot be pressed now; it can still be reached, so that the reason can be read. */
  disabledReason?: string | undefined;
  /** Says more about it when it is pointed at or focused. */
  tip?: string | undefined;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ variant = "plain", size = "normal" }: ButtonLook = {}): string {
  return classes(styles.button, styles[variant], size === "small" && styles.small);
}

export function Button({
  variant,
  size,
  icon: Icon,
  busy,
  disabledReason,
  tip,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const off = Boolean(busy || disabledReason);
  const press = (event: MouseEvent<HTMLButtonElement>) => (off ? event.preventDefault() : onClick?.(event));
  // In the same place with a reason and without: made anew it would lose the focus.
  return (
    <>
      <Tooltip text={disabledReason ?? tip}>
        <button
          type="button"
          {...rest}
          {...(disabledReason && { "aria-describedby": reasonId })}
          aria-disabled={off || undefined}
          aria-busy={busy || undefined}
          className={classes(buttonClass({ variant, size }), className)}
          onClick={press}
        >
          {busy ? (
            <LoaderCircle size={16} className={styles.spinner} aria-hidden />
          ) : (
            Icon && <Icon size={16} aria-hidden />
          )}
          {children}
        </button>
      </Tooltip>
      {disabledReason && <Hidden id={reasonId}>{disabledReason}</Hidden>}
    </>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "tip"> {
  label: string;
  icon: LucideIcon;
}

/** A button that is a picture; its name is in the tooltip and for those who listen. */
export function IconButton({ label, variant = "quiet", className, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      variant={variant}
      tip={label}
      aria-label={label}
      className={classes(styles.iconOnly, className)}
    />
  );
}

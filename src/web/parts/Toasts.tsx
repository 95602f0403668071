import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { Button, IconButton } from "./Button.tsx";
import { classes } from "./classes.ts";
import styles from "./Toasts.module.css";
import { dismiss, type Toast, useToasts } from "./toast.ts";
import { toneIcons } from "./tone-icons.ts";

/** Where toasts appear; once in the app. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <Radix.Provider label="Notice" duration={6_000}>
      {toasts.map((shown) => (
        <OneToast key={shown.id} {...shown} onClose={() => dismiss(shown.id)} />
      ))}
      {/* F8, which it would take, walks through problems. */}
      <Radix.Viewport className={styles.viewport} hotkey={["altKey", "KeyT"]} />
    </Radix.Provider>
  );
}

function OneToast({ tone, title, text, action, onClose }: Toast & { onClose: () => void }) {
  const Icon = toneIcons[tone];
  const stays = tone === "bad";
  return (
    <Radix.Root
      className={classes(styles.toast, styles[tone])}
      type={stays ? "foreground" : "background"}
      {...(stays && { duration: Number.POSITIVE_INFINITY })}
      onOpenChange={(open) => !open && onClose()}
    >
      <Icon size={16} className={styles.icon} aria-hidden />
      <div className={styles.text}>
        <Radix.Title className={styles.title}>{title}</Radix.Title>
        {text && <Radix.Description className={styles.detail}>{text}</Radix.Description>}
        {action && (
          <Radix.Action asChild altText={action.label}>
            <Button size="small" className={styles.action} onClick={action.onPress}>
              {action.label}
            </Button>
          </Radix.Action>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton label="Dismiss" icon={X} size="small" />
      </Radix.Close>
    </Radix.Root>
  );
}

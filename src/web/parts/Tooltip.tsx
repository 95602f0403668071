import { Tooltip as Radix } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { homeOf } from "./home-of.ts";
import styles from "./Tooltip.module.css";

/** Says more about its one child, which takes a ref, when that is pointed at or focused, and there is more to say. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [home, setHome] = useState<HTMLElement | null>(null);
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root onOpenChange={(open) => open && setHome(homeOf(trigger.current))}>
        <Radix.Trigger asChild ref={trigger}>
          {children}
        </Radix.Trigger>
        {text && (
          <Radix.Portal container={home}>
            <Radix.Content className={styles.tooltip} sideOffset={6} collisionPadding={8}>
              {text}
            </Radix.Content>
          </Radix.Portal>
        )}
      </Radix.Root>
    </Radix.Provider>
  );
}

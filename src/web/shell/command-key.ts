const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The key that commands begin with, as this machine's keyboard writes it. */
export const commandKey = isApple ? "⌘" : "Ctrl";

/** Whether that key is held, and no other that would make it something else. */
export function isCommand({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (isApple ? metaKey : ctrlKey) && !altKey;
}

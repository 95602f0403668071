import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonLook, IconButton } from "./Button.tsx";
import { copyText } from "./copy-text.ts";

export interface CopyButtonProps extends ButtonLook {
  text: string;
  /** What is copied, as in "Copy digest". */
  label?: string | undefined;
  /** The picture alone. */
  iconOnly?: boolean | undefined;
}

/** Puts the text on the clipboard and says so. */
export function CopyButton({ text, label = "Copy", iconOnly, ...look }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), 2_000);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const shared = { ...look, icon: copied ? Check : Copy, onClick: () => void copyText(text).then(setCopied) };
  if (iconOnly) return <IconButton {...shared} label={copied ? "Copied" : label} />;
  return <Button {...shared}>{copied ? "Copied" : label}</Button>;
}

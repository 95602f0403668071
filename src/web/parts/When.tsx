import { Tooltip } from "./Tooltip.tsx";
import { useNow } from "./use-now.ts";
import { exactText, relativeText, timeOf } from "./when-text.ts";

export interface WhenProps {
  at: string | number | null | undefined;
  /** What stands there when there is no time. */
  none?: string | undefined;
}

/** How long ago, and the exact time and zone on pointing at it. */
export function When({ at, none = "never" }: WhenProps) {
  const now = useNow();
  const time = timeOf(at);
  if (!time) return none;
  return (
    <Tooltip text={exactText(time)}>
      <time dateTime={time.toISOString()}>{relativeText(time, now)}</time>
    </Tooltip>
  );
}

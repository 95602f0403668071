import { Star as Glyph } from "lucide-react";
import { api } from "../../../contract/api.ts";
import { invalidate, useSend } from "../../api.ts";
import { Tooltip } from "../../parts/Tooltip.tsx";
import { toast } from "../../parts/toast.ts";
import styles from "./Star.module.css";

interface StarProps {
  id: string;
  name: string;
  starred: boolean;
  /** For the list's own key. */
  tabIndex?: number;
}

/** Marks what somebody wants to find again. It is theirs alone. */
export function Star({ id, name, starred, tabIndex }: StarProps) {
  const { mutate, isPending, variables } = useSend(api.updateResource, {
    onSettled: () => Promise.all([invalidate(api.listResources), invalidate(api.getResource)]),
    onError: (error) => toast({ tone: "bad", title: "The star was not kept", text: error.message }),
  });
  const shown = isPending ? variables.body.isFavorite === true : starred;
  const label = shown ? `Take the star from ${name}` : `Star ${name}`;
  return (
    <Tooltip text={shown ? "Starred" : "Star"}>
      <button
        type="button"
        className={styles.star}
        data-star=""
        aria-label={label}
        aria-pressed={shown}
        tabIndex={tabIndex}
        onClick={() => mutate({ params: { id }, body: { isFavorite: !shown } })}
      >
        <Glyph size={16} aria-hidden />
      </button>
    </Tooltip>
  );
}

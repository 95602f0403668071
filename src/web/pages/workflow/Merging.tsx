import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { Draft } from "../../canvas/draft.ts";
import { MergeDialog } from "../../canvas/MergeDialog.tsx";
import { counted } from "../../canvas/node-words.ts";
import { toast } from "../../parts/toast.ts";

/** Tells of what others changed, and asks where both changed the same. */
export function Merging({ draft }: { draft: Draft }) {
  const { state, merged, isPutOff } = useStore(draft.saving);
  const told = useRef(merged);
  useEffect(() => {
    if (merged > told.current)
      toast({
        tone: "idle",
        title: `Somebody else changed ${counted(merged - told.current, "thing")} here`,
        text: "It was joined with yours. Undo takes it back.",
      });
    told.current = merged;
  }, [merged]);
  if (state.kind !== "conflict" || isPutOff) return null;
  return (
    <MergeDialog
      conflicts={state.conflicts}
      onResolve={(choices) => draft.autosave.resolve(choices)}
      onLater={() => draft.saving.setState({ isPutOff: true })}
    />
  );
}

import { useState } from "react";
import { api } from "../../../contract/api.ts";
import { useSend } from "../../api.ts";
import { RadioGroup } from "../../parts/Choices.tsx";
import { Confirm } from "../../parts/Confirm.tsx";

interface CancelProps {
  id: string;
  run: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks what becomes of what a run has written before it is ended. */
export function CancelDialog({ id, run, open, onOpenChange }: CancelProps) {
  const [on_failure, choose] = useState<"rollback" | "keep">("rollback");
  const cancel = useSend(api.cancelRun, { onSuccess: () => onOpenChange(false) });
  return (
    <Confirm
      title="Stop this run?"
      text="Nothing more is applied. What has been applied by now can be put back, or kept."
      action={on_failure === "rollback" ? "Stop and put back" : "Stop and keep"}
      open={open}
      onOpenChange={onOpenChange}
      busy={cancel.isPending}
      error={cancel.error?.message}
      onConfirm={() => cancel.mutate({ params: { id, runId: run }, body: { on_failure } })}
    >
      <RadioGroup
        label="What was applied"
        value={on_failure}
        onChange={choose}
        options={[
          { value: "rollback", label: "Stop and put back", help: "Live is what it was before this run." },
          {
            value: "keep",
            label: "Stop and keep what is applied",
            help: "Some of it is new, and some is not.",
          },
        ]}
      />
    </Confirm>
  );
}

import { useState } from "react";
import { nameOfNode } from "../../core/relations/node-names.ts";
import type { Conflict, Side } from "../../core/versions/merge-designs.ts";
import { Button } from "../parts/Button.tsx";
import { RadioGroup } from "../parts/Choices.tsx";
import { Code } from "../parts/Code.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { useGraph } from "./graph-store.ts";
import styles from "./MergeDialog.module.css";

interface MergeDialogProps {
  conflicts: readonly Conflict[];
  onResolve: (choices: ReadonlyMap<string, Side>) => void;
  onLater: () => void;
}

/** Asks what is to stand where two people changed the same. It can be put off, and nothing is saved until then. */
export function MergeDialog({ conflicts, onResolve, onLater }: MergeDialogProps) {
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const all = (side: Side) => onResolve(new Map(conflicts.map(({ key }) => [key, side])));
  const left = conflicts.filter(({ key }) => !choices.has(key)).length;
  return (
    <Dialog
      title="Somebody else changed the same"
      description="The rest has been joined already. Nothing is saved until you have chosen."
      open
      size="large"
      onOpenChange={onLater}
      actions={
        <>
          <Button onClick={() => all("mine")}>Keep mine</Button>
          <Button onClick={() => all("theirs")}>Take theirs</Button>
          <Button
            variant="primary"
            onClick={() => onResolve(choices)}
            disabledReason={left > 0 ? `${left} still to choose` : undefined}
          >
            Use what I chose
          </Button>
        </>
      }
    >
      <ul className={styles.list}>
        {conflicts.map((conflict) => (
          <li key={conflict.key} className={styles.row}>
            <ConflictRow
              conflict={conflict}
              side={choices.get(conflict.key)}
              onChoose={(side) => setChoices((known) => new Map(known).set(conflict.key, side))}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface RowProps {
  conflict: Conflict;
  side: Side | undefined;
  onChoose: (side: Side) => void;
}

function ConflictRow({ conflict, side, onChoose }: RowProps) {
  const node = useGraph(({ graph }) => graph.nodes.get(conflict.id));
  const name = node ? nameOfNode(node) : conflict.id;
  const field = conflict.path.replace(/^\/data\//, "").replaceAll("/", ".");
  const [mine, theirs] =
    conflict.what === "field"
      ? [textOf(conflict.mine), textOf(conflict.theirs)]
      : [presence(conflict.mine), presence(conflict.theirs)];
  return (
    <>
      <RadioGroup<Side>
        label={field ? `${name}: ${field}` : name}
        value={side}
        onChange={onChoose}
        options={[
          { value: "mine", label: `Mine: ${mine.split("\n")[0]}` },
          { value: "theirs", label: `Theirs: ${theirs.split("\n")[0]}` },
        ]}
      />
      {[mine, theirs].some((text) => text.includes("\n")) && (
        <div className={styles.both}>
          <Code text={mine} />
          <Code text={theirs} />
        </div>
      )}
    </>
  );
}

const presence = (item: unknown) => (item === undefined ? "removed" : "kept, with changes");

function textOf(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

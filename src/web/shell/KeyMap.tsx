import { Kbd } from "../parts/Code.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { usePreferences } from "../preferences.ts";
import { commandKey } from "./command-key.ts";
import styles from "./KeyMap.module.css";
import { type KeySection, useKeySections } from "./key-map.ts";
import { places } from "./places.ts";

interface KeyMapProps {
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** What can be done with keys, on this page and on all. */
export function KeyMap({ open, onOpenChange }: KeyMapProps) {
  const ofPage = useKeySections();
  const areLettersOn = usePreferences(({ singleKeys }) => singleKeys);

  return (
    <Dialog
      title="Keys"
      description={areLettersOn ? undefined : "Single keys are switched off in your profile."}
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      isText
    >
      <div className={styles.sections}>
        {[...ofPage, anywhere].map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={styles.keys}>
              {keys.map(([names, what]) => (
                <div key={what} className={styles.row}>
                  <dt>
                    {names.map((name) => (
                      <Kbd key={name}>{name}</Kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const anywhere: KeySection = {
  title: "Anywhere",
  keys: [
    [[`${commandKey} K`], "Search, go to a page, do something"],
    [["?"], "These keys"],
    ...places.flatMap(({ letter, label }): KeySection["keys"] =>
      letter === undefined ? [] : [[["G", letter.toUpperCase()], `Go to ${label}`]],
    ),
    [["F6"], "Next part of the window"],
    [["Shift F6"], "Part before it"],
    [["Esc"], "Close what is on top"],
  ],
};

import { RadioGroup, Switch } from "../../parts/Choices.tsx";
import { Panel } from "../../parts/Page.tsx";
import { prefer, usePreferences } from "../../preferences.ts";
import styles from "./Profile.module.css";

/** How the app looks and behaves on this device; with effect at once. */
export function Appearance() {
  const { theme, density, motion, wheel, singleKeys } = usePreferences();

  return (
    <Panel title="Appearance">
      <div className={styles.choices}>
        <RadioGroup
          label="Theme"
          value={theme}
          onChange={(next) => prefer({ theme: next })}
          options={[
            { value: "system", label: "As the system" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        <RadioGroup
          label="Rows"
          value={density}
          onChange={(next) => prefer({ density: next })}
          options={[
            { value: "normal", label: "Comfortable" },
            { value: "compact", label: "Compact" },
          ]}
        />
        <RadioGroup
          label="Motion"
          value={motion}
          onChange={(next) => prefer({ motion: next })}
          options={[
            { value: "system", label: "As the system" },
            { value: "reduced", label: "Reduced" },
            { value: "full", label: "Full" },
          ]}
        />
        <RadioGroup
          label="Wheel on a canvas"
          value={wheel}
          onChange={(next) => prefer({ wheel: next })}
          options={[
            { value: "pan", label: "Pans" },
            { value: "zoom", label: "Zooms" },
          ]}
        />
      </div>
      <Switch
        label="Single keys"
        help="Letters alone are commands where nothing is being typed. Press ? to see them."
        checked={singleKeys}
        onChange={(on) => prefer({ singleKeys: on })}
      />
    </Panel>
  );
}

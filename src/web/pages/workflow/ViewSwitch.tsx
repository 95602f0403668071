import { useSearch } from "@tanstack/react-router";
import { useContext } from "react";
import { PageKeysContext } from "../../canvas/page-keys.ts";
import styles from "./Editor.module.css";

const views = [
  { id: "draft", label: "Draft" },
  { id: "plan", label: "Plan" },
  { id: "live", label: "Live" },
] as const;

/** Which of its three states of the drawing is seen. */
export function ViewSwitch() {
  const { view = "draft" } = useSearch({ from: "/in/workflows/$id" });
  const page = useContext(PageKeysContext);
  return (
    <div className={styles.views} role="radiogroup" aria-label="What is seen">
      {views.map(({ id, label }) => (
        <label key={id}>
          <input type="radio" name="view" checked={view === id} onChange={() => page.look(id)} />
          {label}
        </label>
      ))}
    </div>
  );
}

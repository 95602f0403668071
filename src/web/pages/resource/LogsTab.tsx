import type { Resource } from "../../../contract/resources.ts";
import { LogView } from "../../logs/LogView.tsx";
import styles from "./ResourcePage.module.css";
import type { PlaceChange, ResourceSearch } from "./resource-search.ts";

interface LogsTabProps {
  resource: Resource;
  search: ResourceSearch;
  onChange: (change: PlaceChange) => void;
}

/** Its log, or that of all its pods. */
export function LogsTab({ resource: { id, name, type }, search, onChange }: LogsTabProps) {
  return (
    <div className={styles.tall}>
      <LogView id={id} name={name} kind={type} settings={search} onChange={onChange} />
    </div>
  );
}

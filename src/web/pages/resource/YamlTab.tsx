import { api } from "../../../contract/api.ts";
import { useRead } from "../../api.ts";
import { Switch } from "../../parts/Choices.tsx";
import { Code } from "../../parts/Code.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { When } from "../../parts/When.tsx";
import styles from "./ResourcePage.module.css";

interface YamlTabProps {
  id: string;
  managed: true | undefined;
  onManaged: (managed: true | undefined) => void;
}

/** The object as the cluster has it now, its secret values masked. */
export function YamlTab({ id, managed, onManaged }: YamlTabProps) {
  const input = { params: { id }, query: { managed: managed ?? false } };
  const query = useRead(api.getManifest, input, { keepPrevious: true });
  return (
    <div className={styles.yaml}>
      <div className={styles.row}>
        <Switch
          label="With the managers of its fields"
          checked={managed ?? false}
          onChange={(on) => onManaged(on ? true : undefined)}
        />
        {query.data && (
          <span>
            read from the cluster <When at={query.data.fetched_at} />
          </span>
        )}
      </div>
      <Loaded query={query}>{({ yaml }) => <Code text={yaml} language="yaml" />}</Loaded>
    </div>
  );
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { Select } from "../../parts/Choices.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { useTyped } from "../../parts/use-typed.ts";
import styles from "./Workflows.module.css";

const states = [
  { value: "", label: "All states" },
  { value: "draft", label: "Drafts" },
  { value: "published", label: "Deployed" },
  { value: "archived", label: "Archived" },
] as const;

/** Which of them are listed; kept in the address. */
export function Filters() {
  const { search = "", status = "" } = useSearch({ from: "/in/workflows" });
  const navigate = useNavigate({ from: "/workflows" });
  const [typed, type] = useTyped(search, (text) => {
    const change = { search: text || undefined, page: undefined };
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  });

  return (
    <div className={styles.filters}>
      <TextInput
        type="search"
        aria-label="Filter by name"
        placeholder="Filter by name"
        value={typed}
        onChange={type}
        className={styles.search}
      />
      <Select
        label="State"
        value={status}
        options={states}
        onChange={(next) =>
          void navigate({
            search: (before) => ({ ...before, status: next || undefined, page: undefined }),
          })
        }
      />
    </div>
  );
}

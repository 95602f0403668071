import { Search, SlidersHorizontal, Star, X } from "lucide-react";
import { type Ref, Suspense, useState } from "react";
import { statusLook } from "../../look/status.ts";
import { Button } from "../../parts/Button.tsx";
import { Select, Switch } from "../../parts/Choices.tsx";
import { TextInput } from "../../parts/Inputs.tsx";
import { later } from "../../parts/later.tsx";
import { useTyped } from "../../parts/use-typed.ts";
import styles from "./FilterBar.module.css";
import { countFilters, type Dimension, type Grouping, type ResourcesSearch } from "./resources-search.ts";
import { type Choice, useChoices } from "./use-resources.ts";

const ColumnsMenu = later(() => import("./ColumnsMenu.tsx"), "ColumnsMenu", "button");

interface FilterBarProps {
  search: ResourcesSearch;
  onChange: (change: Partial<Record<keyof ResourcesSearch, unknown>>) => void;
  clusters: number;
  searchField: Ref<HTMLInputElement>;
}

/** What is shown of all there is, and how. */
export function FilterBar({ search, onChange, clusters, searchField }: FilterBarProps) {
  const [isOpen, open] = useState(false);
  const set = countFilters(search);
  return (
    <search className={styles.bar}>
      <div className={styles.first}>
        <SearchField
          value={search.q ?? ""}
          onChange={(q) => onChange({ q: q || undefined })}
          field={searchField}
        />
        <Button
          className={styles.more}
          icon={SlidersHorizontal}
          aria-expanded={isOpen}
          onClick={() => open(!isOpen)}
        >
          Filters{set > 0 && ` (${set})`}
        </Button>
      </div>
      <div className={styles.rest} data-open={isOpen}>
        <Facets search={search} onChange={onChange} />
        <div className={styles.second}>
          <Button
            icon={Star}
            aria-pressed={search.starred ?? false}
            className={styles.toggle}
            onClick={() => onChange({ starred: search.starred ? undefined : true })}
          >
            Starred
          </Button>
          <div className={styles.switch}>
            <Switch
              label="Hide system"
              checked={!search.system}
              onChange={(hide) => onChange({ system: hide ? undefined : true })}
            />
          </div>
          {set > 0 && (
            <Button variant="quiet" icon={X} onClick={() => onChange(nothing)}>
              Clear {set === 1 ? "filter" : `${set} filters`}
            </Button>
          )}
          <div className={styles.view}>
            <GroupSelect value={search.group} onChange={(group) => onChange({ group, closed: undefined })} />
            <Suspense>
              <ColumnsMenu clusters={clusters} />
            </Suspense>
          </div>
        </div>
      </div>
    </search>
  );
}

/** Back to everything. */
export const nothing = {
  ...{ q: undefined, cluster: undefined, namespace: undefined, kind: undefined, status: undefined },
  ...{ tag: undefined, workflow: undefined, starred: undefined },
};

interface SearchFieldProps {
  value: string;
  onChange: (text: string) => void;
  field: Ref<HTMLInputElement>;
}

function SearchField({ value, onChange, field }: SearchFieldProps) {
  const [typed, type] = useTyped(value, onChange);
  return (
    <div className={styles.search}>
      <Search size={16} aria-hidden />
      <TextInput
        ref={field}
        type="search"
        aria-label="Search by name or namespace"
        placeholder="Name or namespace"
        maxLength={200}
        value={typed}
        onChange={type}
      />
    </div>
  );
}

const facets: readonly { name: Dimension; label: string; all: string }[] = [
  { name: "cluster", label: "Cluster", all: "All clusters" },
  { name: "namespace", label: "Namespace", all: "All namespaces" },
  { name: "kind", label: "Kind", all: "All kinds" },
  { name: "status", label: "Status", all: "Any status" },
  { name: "workflow", label: "Workflow", all: "Any workflow" },
  { name: "tag", label: "Tag", all: "Any tag" },
];

function Facets({ search, onChange }: Pick<FilterBarProps, "search" | "onChange">) {
  const choices = useChoices(search);
  return facets
    .filter(({ name }) => isWorthIt(name, choices[name], search[name]))
    .map(({ name, label, all }) => (
      <Select
        key={name}
        className={styles.facet}
        label={label}
        value={search[name] ?? ""}
        onChange={(value) => onChange({ [name]: value || undefined })}
        options={[{ value: "", label: all }, ...optionsOf(name, choices[name], search[name])]}
      />
    ));
}

/** A choice of one is none, except for what people look for by name. */
function isWorthIt(name: Dimension, choices: readonly Choice[], chosen: string | undefined): boolean {
  if (chosen !== undefined || name === "namespace" || name === "kind" || name === "status") return true;
  return choices.length > (name === "cluster" ? 1 : 0);
}

function optionsOf(name: Dimension, choices: readonly Choice[], chosen: string | undefined) {
  const options = choices.map(({ value, label, count }) => ({
    value,
    label: `${name === "status" ? statusLook(value, "resource").word : label} · ${count.toLocaleString("en")}`,
  }));
  const isThere = chosen === undefined || options.some(({ value }) => value === chosen);
  return isThere ? options : [...options, { value: chosen, label: `${chosen} · 0` }];
}

const groupNames: Readonly<Record<Grouping | "", string>> = {
  "": "Not grouped",
  kind: "Group by kind",
  namespace: "Group by namespace",
  workflow: "Group by workflow",
};

function GroupSelect(props: {
  value: Grouping | undefined;
  onChange: (group: Grouping | undefined) => void;
}) {
  const options = (Object.keys(groupNames) as (Grouping | "")[]).map((value) => ({
    value,
    label: groupNames[value],
  }));
  return (
    <Select
      className={styles.facet}
      label="Group"
      value={props.value ?? ""}
      onChange={(value) => props.onChange(value || undefined)}
      options={options}
    />
  );
}

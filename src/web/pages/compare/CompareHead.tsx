import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../../../contract/api.ts";
import type { Workflow } from "../../../contract/workflows.ts";
import { useRead } from "../../api.ts";
import { type CompareRow, compareText } from "../../deploy/compare-rows.ts";
import page from "../../deploy/Page.module.css";
import { crumbsOf } from "../../deploy/WorkflowNav.tsx";
import { Checkbox, Select } from "../../parts/Choices.tsx";
import { Kbd } from "../../parts/Code.tsx";
import { Field } from "../../parts/Field.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import styles from "./Compare.module.css";
import type { Side } from "./use-sides.ts";

interface HeadProps {
  workflow: Workflow;
  from: Side;
  to: Side;
  rows: readonly CompareRow[];
}

/** Which two drawings are compared, and how much differs. */
export function CompareHead({ workflow, from, to, rows }: HeadProps) {
  const search = useSearch({ from: "/in/workflows/$id/compare" });
  const navigate = useNavigate({ from: "/workflows/$id/compare" });
  const choose = (next: { from?: string; to?: string; all?: true | undefined }) =>
    void navigate({ search: { ...search, at: undefined, ...next }, replace: true });
  const options = useOptions(workflow);
  return (
    <header className={page.head}>
      <PageHead
        title={`Compare ${from.label} with ${to.label}`}
        crumbs={[
          ...crumbsOf(workflow),
          { label: "Versions", link: { to: "/workflows/$id/versions", params: { id: workflow.id } } },
        ]}
        meta={<span role="status">{compareText(rows)}</span>}
      />
      <div className={styles.sides}>
        <Field label="From">
          {(id) => (
            <Select id={id} value={from.is} onChange={(next) => choose({ from: next })} options={options} />
          )}
        </Field>
        <Field label="To">
          {(id) => (
            <Select id={id} value={to.is} onChange={(next) => choose({ to: next })} options={options} />
          )}
        </Field>
      </div>
      <div className={page.between}>
        <Checkbox
          checked={search.all !== true}
          onChange={(isOnly) => choose({ all: isOnly ? undefined : true })}
          label="Only differences"
        />
        <span className={page.meta}>
          <Kbd>N</Kbd> next, <Kbd>P</Kbd> previous
        </span>
      </div>
    </header>
  );
}

function useOptions({ id, deployed_version }: Workflow) {
  const query = { limit: 100, fields: "summary" as const };
  const { data } = useRead(api.listVersions, { params: { id }, query });
  return [
    { value: "draft", label: "The draft" },
    ...(deployed_version !== undefined ? [{ value: "live", label: `Live (v${deployed_version})` }] : []),
    ...(data?.versions ?? []).map(({ version, name }) => ({
      value: String(version),
      label: name ? `v${version} · ${name}` : `v${version}`,
    })),
  ];
}

import { useMemo } from "react";
import type { DesignNode } from "../../contract/design.ts";
import { catalog } from "../../core/catalog/catalog.ts";
import { type Field, formOf } from "../../core/catalog/form.ts";
import { Note } from "../parts/Note.tsx";
import { FieldList } from "./FieldList.tsx";
import { FormContext, type FormModel } from "./form-model.ts";
import { FieldsContext } from "./widgets/fields-context.ts";

/** The settings of nodes, by the schema of their kind; of several kinds, those they have in common. */
export function SchemaForm({ form }: { form: FormModel }) {
  const kinds = [...new Set(form.nodes.map(({ type }) => type))].join();
  const isOne = form.nodes.length === 1;
  const fields = useMemo(() => sharedFields(kinds.split(","), isOne), [kinds, isOne]);
  if (fields.length === 0)
    return (
      <Note tone="idle">{isOne ? unknownKind(form.nodes) : "These nodes have no settings in common."}</Note>
    );
  return (
    <FormContext value={form}>
      <FieldsContext value={FieldList}>
        <FieldList fields={fields} place={[]} />
      </FieldsContext>
    </FormContext>
  );
}

function unknownKind([node]: readonly DesignNode[]): string {
  return `“${node?.type ?? ""}” is a kind that is not known here. It is kept as it is.`;
}

function sharedFields([first = "", ...others]: readonly string[], isOne: boolean): Field[] {
  const all = fieldsOf(first);
  const rest = others.map((kind) => new Map(fieldsOf(kind).map((field) => [field.key, field.widget])));
  return all.filter(
    ({ key, widget }) => (isOne || key !== "name") && rest.every((known) => known.get(key) === widget),
  );
}

function fieldsOf(kind: string): Field[] {
  const settings = catalog.get(kind)?.settings;
  return settings ? formOf(settings).flatMap(({ fields }) => fields) : [];
}

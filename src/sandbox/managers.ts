import { type FieldSet, fieldsIn, toTree } from "./field-sets.ts";
import { type JsonMap, list, map, type Obj, text } from "./objects.ts";

export interface Manager {
  manager: string;
  operation: "Apply" | "Update";
  subresource: string;
  apiVersion: string;
  time: string;
  fields: FieldSet;
}

/** Who owns which fields of an object, kept beside it. */
const managersOf = new WeakMap<Obj, Manager[]>();

export function managers(object: Obj): readonly Manager[] {
  const known = managersOf.get(object) ?? list(object.metadata.managedFields).map(managerFrom);
  managersOf.set(object, known);
  return known;
}

/** One owner, read back from an object that was written down. */
function managerFrom(entry: JsonMap): Manager {
  const { manager, operation, subresource, apiVersion, time } = entry;
  return {
    manager: text(manager),
    operation: operation === "Apply" ? "Apply" : "Update",
    subresource: text(subresource),
    apiVersion: text(apiVersion),
    time: text(time),
    fields: fieldsIn(map(entry.fieldsV1)),
  };
}

/** Writes down the owners, in the object's own `managedFields` too. */
export function setManagers(object: Obj, owners: readonly Manager[]): void {
  const kept = owners.filter(({ fields }) => fields.size > 0);
  managersOf.set(object, kept);
  object.metadata.managedFields = kept.map(
    ({ manager, operation, subresource, apiVersion, time, fields }) => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: "FieldsV1",
      fieldsV1: toTree(fields),
      ...(subresource && { subresource }),
    }),
  );
}

/** Whether the same owners own the same fields, whenever they came to. */
export function isSameOwnership(a: readonly Manager[], b: readonly Manager[]): boolean {
  return told(a) === told(b);
}

function told(owners: readonly Manager[]): string {
  return owners
    .filter(({ fields }) => fields.size > 0)
    .map(({ manager, operation, subresource, fields }) =>
      [manager, operation, subresource, ...[...fields].sort()].join("|"),
    )
    .sort()
    .join("\n");
}

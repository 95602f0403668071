import type { TObject } from "typebox";
import type { Described } from "./described.ts";
import type { WidgetHint } from "./hints.ts";

/** What a field is filled in with. */
export type Widget =
  | Exclude<WidgetHint, "hidden">
  | "text"
  | "number"
  | "quantity"
  | "amounts"
  | "port"
  | "switch"
  | "choice"
  | "several"
  | "texts"
  | "map"
  | "list"
  | "part"
  | "either";

export interface Field {
  key: string;
  title: string;
  widget: Widget;
  group: string;
  isRequired: boolean;
  help?: string;
  example?: string;
  unit?: string;
  /** What holds where nothing is said. */
  usual?: unknown;
  least?: number;
  most?: number;
  /** The words of a choice. */
  words?: readonly string[];
  /** The fields of a part, or of each thing in a list. */
  fields?: readonly Field[];
}

export interface Group {
  /** Empty for the fields that come first. */
  title: string;
  fields: Field[];
}

/** Later groups come after those named here. */
const groupOrder = [
  "",
  "Job",
  "Schedule",
  "Ports",
  "Single path",
  "Target",
  "TLS",
  "Volume",
  "Behaviour",
  "Environment",
  "Health checks",
  "Storage",
  "Container",
  "More containers",
  "Rollout",
  "Scheduling",
  "Security",
  "Addresses",
  "Sessions",
  "Labels",
  "More",
];

/** A settings form for a schema: what people need most comes first, all else in named groups. */
export function formOf(schema: TObject): Group[] {
  const groups = new Map<string, Field[]>();
  for (const field of fieldsOf(schema as Described)) {
    const fields = groups.get(field.group);
    if (fields) fields.push(field);
    else groups.set(field.group, [field]);
  }
  const rank = (title: string) =>
    (groupOrder.indexOf(title) + groupOrder.length + 1) % (groupOrder.length + 1);
  return [...groups]
    .map(([title, fields]) => ({ title, fields }))
    .sort((a, b) => rank(a.title) - rank(b.title));
}

function fieldsOf({ properties = {}, required = [] }: Described): Field[] {
  const last = Number.MAX_SAFE_INTEGER;
  return Object.entries(properties)
    .filter(([, { widget }]) => widget !== "hidden")
    .map(([key, part]) => ({ order: key === "name" ? (part.order ?? 0) : (part.order ?? last), key, part }))
    .sort((a, b) => a.order - b.order)
    .map(({ key, part }) => fieldOf(key, part, required.includes(key) && usualOf(part) === undefined));
}

function fieldOf(key: string, part: Described, isRequired: boolean): Field {
  const widget = widgetOf(key, part);
  const within = widget === "list" ? part.items : part;
  const words = wordsOf(part);
  const usual = usualOf(part);
  return {
    key,
    title: part.title ?? part.anyOf?.find(({ title }) => title)?.title ?? key,
    widget,
    group: part.group ?? "",
    isRequired,
    ...limitsOf(part),
    ...(part.description && { help: part.description }),
    ...(part.examples?.[0] && { example: part.examples[0] }),
    ...(part.unit && { unit: part.unit }),
    ...(usual !== undefined && { usual }),
    ...(words && { words }),
    ...(within?.properties && { fields: fieldsOf(within) }),
  };
}

function usualOf({ default: own, anyOf = [] }: Described): unknown {
  return own ?? anyOf.find((each) => each.default !== undefined)?.default;
}

function limitsOf(part: Described) {
  const numbered = [part, ...(part.anyOf ?? [])].find(({ minimum }) => minimum !== undefined);
  return {
    ...(numbered?.minimum !== undefined && { least: numbered.minimum }),
    ...(numbered?.maximum !== undefined && { most: numbered.maximum }),
  };
}

function wordsOf({ enum: own, items, anyOf = [] }: Described): readonly string[] | undefined {
  const words = own ?? items?.enum ?? anyOf.find((each) => each.enum)?.enum;
  return words?.map(String);
}

function widgetOf(key: string, part: Described): Widget {
  if (part.widget && part.widget !== "hidden") return part.widget;
  if (part.anyOf) return widgetOfChoices(part.anyOf);
  if (part.enum) return "choice";
  if (part.type === "array") return widgetOfList(part.items ?? {});
  if (part.type === "integer" || part.type === "number") return isPort(key, part) ? "port" : "number";
  if (part.type === "boolean") return "switch";
  if (part.type === "string") return "text";
  if (part.properties && Object.keys(part.properties).length > 0) return "part";
  return widgetOfMap(part);
}

function isPort(key: string, { maximum }: Described): boolean {
  return maximum === 65_535 && /port/i.test(key);
}

function widgetOfMap({ blanks, patternProperties = {} }: Described): Widget {
  const [value] = Object.values(patternProperties);
  if (!value) return "yaml";
  if (blanks !== undefined) return "amounts";
  return value.anyOf?.some(({ type }) => type === "string") ? "map" : "yaml";
}

function widgetOfList(items: Described): Widget {
  if (items.enum) return "several";
  if (items.type === "string") return "texts";
  return items.properties ? "list" : "yaml";
}

/** One of several forms: a word or more, an amount, a port by number or name, or any scalar. */
function widgetOfChoices(choices: readonly Described[]): Widget {
  if (choices.some((each) => each.enum) && choices.length > 1) return "either";
  const types = new Set(choices.map(({ type }) => type));
  if (types.has("integer")) return "port";
  if (types.has("boolean")) return "text";
  return types.has("number") ? "quantity" : "yaml";
}

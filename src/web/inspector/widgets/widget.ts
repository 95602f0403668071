import type { Field } from "../../../core/catalog/form.ts";
import type { Place } from "../places.ts";

export interface WidgetProps {
  field: Field;
  place: Place;
  id: string;
  describedBy: string | undefined;
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string =>
  typeof value === "object" || value === undefined ? "" : String(value);

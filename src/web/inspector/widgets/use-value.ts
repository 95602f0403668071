import { placeholderOf } from "../field-words.ts";
import { useForm } from "../form-model.ts";
import type { WidgetProps } from "./widget.ts";

/** The value of one widget, how it is changed, and what holds while it is empty. */
export function useValue({ field, place }: Pick<WidgetProps, "field" | "place">) {
  const form = useForm();
  const [key] = place;
  const derived = place.length === 1 ? form.derived.values[String(key)] : undefined;
  const isOverruled = place.length === 1 && form.derived.overruled.has(String(key));
  const isMixed = form.isMixed(place);
  return {
    value: isMixed ? undefined : form.read(place),
    write: (value: unknown) => form.write(place, value, field.title),
    placeholder: isMixed ? "mixed" : placeholderOf(field, derived),
    derived,
    isReadOnly: form.lock !== undefined || isOverruled,
  };
}

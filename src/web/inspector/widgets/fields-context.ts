import { type ComponentType, createContext, useContext } from "react";
import type { Field } from "../../../core/catalog/form.ts";
import type { Place } from "../places.ts";

export type Fields = ComponentType<{ fields: readonly Field[]; place: Place }>;

/** Shows the fields within a widget; handed down, as fields hold widgets and widgets hold fields. */
export const FieldsContext = createContext<Fields>(() => null);

export const useFields = () => useContext(FieldsContext);

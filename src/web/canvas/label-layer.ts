import { createContext } from "react";

/**
 * What the labels of all edges are put into, above the cards. React Flow would have each look that up in the page,
 * whenever anything of the canvas changes.
 */
export const LabelLayerContext = createContext<HTMLElement | null>(null);

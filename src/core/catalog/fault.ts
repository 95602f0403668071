import type { Detail } from "../problem.ts";

/** Something wrong with a node's settings; `path` points into them. */
export type Fault = Omit<Detail, "node_id">;

import type { NodeStatus } from "../../contract/health.ts";
import { type Health, ready } from "./health.ts";

/** For kinds that no controller has to act on: being there is all. */
export const existing =
  (state: NodeStatus["state"], message = "Exists") =>
  (): Health =>
    ready(state, message);

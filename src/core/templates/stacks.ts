import type { Stack } from "../../contract/templates.ts";
import { scheduledReport } from "./scheduled-report.ts";
import { shop } from "./shop.ts";
import { webAndApi } from "./web-and-api.ts";

/** Whole applications to begin with; the first is the sample. */
export const stacks: readonly Stack[] = [shop, webAndApi, scheduledReport];

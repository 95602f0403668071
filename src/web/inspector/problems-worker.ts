import type { Design } from "../../contract/design.ts";
import { problemsOf } from "./problems-of.ts";

export interface Asked {
  workflowId: string;
  design: Design;
  namespace: string;
}

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  self.postMessage(problemsOf(data.workflowId, data.design, data.namespace));
});

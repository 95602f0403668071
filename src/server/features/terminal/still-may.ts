import { Problem } from "../../../core/problem.ts";
import { demandPod } from "./may-exec.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

/** Whether somebody still may have their terminal; where that cannot be found out, they may. */
export async function stillMay(
  needs: Pick<TerminalNeeds, "resources">,
  id: string,
  user_id: string,
): Promise<boolean> {
  try {
    await demandPod(needs, id, user_id);
    return true;
  } catch (error) {
    return !(error instanceof Problem);
  }
}

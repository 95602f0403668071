import { Problem } from "../../../core/problem.ts";
import { demandPod } from "./may-exec.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

/** Tells when somebody may not have their terminal any more. Answers with the way to stop watching. */
export function watchAccess(
  needs: Pick<TerminalNeeds, "resources" | "recheckMs">,
  id: string,
  user_id: string,
  revoked: () => void,
): () => void {
  const looking = setInterval(() => {
    demandPod(needs, id, user_id).catch((error) => {
      // A database that is away for a moment takes nobody's access.
      if (error instanceof Problem) revoked();
    });
  }, needs.recheckMs);
  return () => clearInterval(looking);
}

import type { Screen } from "../../../contract/terminal.ts";
import { standingAt } from "../../../core/access/grant.ts";
import { Problem } from "../../../core/problem.ts";
import type { ResourceRow } from "../../storage/tables.ts";
import { userLeft, wordsOfEnding } from "./ending-words.ts";
import { type Opening, runTerminal, type TerminalLine } from "./run-terminal.ts";
import { stillMay } from "./still-may.ts";
import type { TerminalNeeds } from "./terminal-needs.ts";

/** Whose terminal it is, and where. */
interface Owned {
  resource: ResourceRow;
  cluster_id: string;
  user_id: string;
  address: string;
}

/** A terminal from its first word to its last, of which is kept when it was and how much went through: never what. */
export async function recorded(
  needs: TerminalNeeds,
  opening: Opening,
  owned: Owned,
  line: TerminalLine,
): Promise<void> {
  const { execSessions, resources, newId, now } = needs;
  const { resource, cluster_id, user_id, address } = owned;
  const [id, started_at] = [newId(), now().toISOString()];
  const { namespace, name } = resource;
  const place = { resource_id: resource.id, cluster_id, namespace, pod: name, container: opening.container };
  await execSessions.begin({ id, user_id, ...place, address, started_at });
  await resources.noteAccess({ id, resource_id: resource.id, user_id, action: "exec", at: started_at });

  const traffic = { bytes_in: 0, bytes_out: 0 };
  line.standOn(standingAt(resource, "editor"));
  let last = wordsOfEnding("failed");
  try {
    last = await runTerminal(needs, opening, line, traffic).catch((error) => wordsOf(error, line));
    // Whoever's access ended may see the connection end first.
    if (!line.end.aborted && !(await stillMay(needs, resource.id, user_id))) line.dismiss("access_revoked");
    last = line.ending() ? wordsOfEnding(line.ending() ?? "failed") : last;
  } finally {
    await line.say(last);
    await execSessions.end({ id, ended_at: now().toISOString(), ending: last.data, ...traffic });
  }
}

/** What there is to say of a terminal that did not come about. */
function wordsOf(error: unknown, { end }: TerminalLine): Screen {
  if (error instanceof Problem) return { type: "error", data: error.message };
  if (end.aborted) return userLeft;
  throw error;
}

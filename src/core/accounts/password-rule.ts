import { invalid } from "../problem.ts";

const fewest = 8;
const most = 128;

/** Refuses a new password that is too short, too long or not text; whatever else it is, it is taken exactly as it is. */
export function checkNewPassword(password: string, path: string): void {
  const message = faultIn(password);
  if (message) throw invalid(`The password ${message}`, [{ path, message }]);
}

function faultIn(password: string): string | undefined {
  const count = countCharacters(password);
  if (count < fewest || count > most) return `must have ${fewest} to ${most} characters`;
  // Half of a surrogate pair cannot be encoded: two different passwords would become one.
  if (!password.isWellFormed()) return "must be well-formed text";
  return undefined;
}

/** As people count, an emoji is one. A megabyte is not counted to its end. */
function countCharacters(text: string): number {
  return text.length > 2 * most ? text.length : [...text].length;
}

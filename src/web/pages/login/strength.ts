export const shortest = 8;
const longest = 128;

/** How hard a password is to guess, as far as that shows, in words. */
export function strengthOf(password: string): string {
  const characters = [...password].length;
  if (characters < shortest) return `Too short: ${shortest - characters} more.`;
  if (characters > longest) return `Too long: ${longest} characters at most.`;
  const bits = characters * Math.log2(varietyOf(password));
  if (bits < 40) return "Weak: easy to guess for a machine.";
  if (bits < 60) return "Fair. Longer is better.";
  return bits < 80 ? "Good." : "Strong.";
}

/** Out of how many characters it seems to be made; what repeats counts for little. */
function varietyOf(password: string): number {
  const sorts = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((sort) => sort.test(password));
  return Math.min(sorts.length * 24, new Set(password).size * 3);
}

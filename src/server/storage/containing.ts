/** A pattern for `like … escape '\'`: what is searched for is text, whatever it may mean in a pattern. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

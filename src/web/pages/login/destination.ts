/** Where somebody goes who has signed in: the page they asked for, if that is one of ours. */
export function destinationOf(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) ? to : "/";
}

/** The part of the page that what floats belongs to, so that it is heard there and no dialog hides it. */
export function homeOf(trigger: HTMLElement | null): HTMLElement | null {
  return trigger?.closest<HTMLElement>("[role=dialog], [role=alertdialog], main, header, nav") ?? null;
}

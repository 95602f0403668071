/** Object names may hold dots, container names may not. */
export function containerName(name: string): string {
  return name.replaceAll(".", "-").slice(0, 63).replace(/-+$/, "");
}

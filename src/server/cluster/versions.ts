const isNumber = /^\d+$/;

/**
 * Whether one version of a collection comes before another. Kubernetes promises since 1.35 that they can be compared
 * as numbers; of those of a server that has others, none comes before another.
 */
export function isBefore(version: string, other: string): boolean {
  if (!isNumber.test(version) || !isNumber.test(other)) return false;
  return version.length === other.length ? version < other : version.length < other.length;
}

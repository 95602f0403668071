/** One request as the cluster saw it; its status is 0 where it was cut off. */
export interface Noted {
  method: string;
  path: string;
  query: string;
  status: number;
}

/** What one deploy asked of the cluster. */
export interface Asked {
  dryRuns: number;
  applies: number;
  /** Objects that were written more than once. */
  appliedTwice: number;
  /** Requests that were sent again though nothing had happened to them. */
  needlessRepeats: number;
  singleReads: number;
  discovery: number;
}

export function countAsked(noted: readonly Noted[]): Asked {
  const writes = noted.filter(({ method }) => method === "PATCH");
  const done = writes.filter(({ status }) => status >= 200 && status < 300);
  const struck = writes.filter(({ status }) => status === 0 || status === 429);
  const isDryRun = ({ query }: Noted) => query.includes("dryRun");
  const applies = done.filter((each) => !isDryRun(each));
  const gets = noted.filter(({ method }) => method === "GET");
  return {
    dryRuns: done.filter(isDryRun).length,
    applies: applies.length,
    appliedTwice: applies.length - new Set(applies.map(({ path }) => path)).size,
    needlessRepeats:
      writes.length - struck.length - new Set(done.map(({ path, query }) => path + query)).size,
    singleReads: gets.filter(({ path }) => isOfOne(path)).length,
    discovery: gets.filter(({ path }) =>
      /^\/(version|openapi.*|api(\/[^/]+)?|apis(\/[^/]+){0,2})$/.test(path),
    ).length,
  };
}

/** `/api/v1/…` and `/apis/<group>/<version>/…`, with the name of one object at the end. */
function isOfOne(path: string): boolean {
  const rest = path.replace(/^\/(api|apis\/[^/]+)\/[^/]+\//, "");
  return /^(namespaces\/[^/]+\/)?[^/]+\/[^/]+$/.test(rest);
}

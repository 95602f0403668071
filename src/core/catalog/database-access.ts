import type { Fault } from "./fault.ts";
import type { Surroundings } from "./kind.ts";
import type { WorkloadSettings } from "./pod-settings.ts";
import { isMap } from "./text-values.ts";

const databases = [
  {
    image: /postgres/,
    known: ["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"],
    set: ["POSTGRES_HOST_AUTH_METHOD", "trust"],
  },
  {
    image: /mysql|mariadb/,
    known: [
      "MYSQL_ROOT_PASSWORD",
      "MYSQL_ROOT_PASSWORD_FILE",
      "MYSQL_ALLOW_EMPTY_PASSWORD",
      "MYSQL_RANDOM_ROOT_PASSWORD",
      "MARIADB_ROOT_PASSWORD",
      "MARIADB_ROOT_PASSWORD_FILE",
      "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
      "MARIADB_RANDOM_ROOT_PASSWORD",
    ],
    set: ["MYSQL_ALLOW_EMPTY_PASSWORD", "yes"],
  },
] as const;

/** These images refuse to start without a word on passwords; existing clients count on one being said for them. */
export function withDatabaseAccess(
  given: WorkloadSettings,
  { neighbours, envValues, envKeys }: Pick<Surroundings, "neighbours" | "envValues" | "envKeys">,
): { env: unknown; warnings: Fault[] } {
  const quiet = { env: given.env, warnings: [] };
  const { env = {} } = given;
  const database = databases.find(({ image }) => image.test(given.image ?? ""));
  if (!database || (!isMap(env) && !Array.isArray(env))) return quiet;
  const declared = (given.envKeys ?? []).flatMap((key) => key.name ?? []);
  const names = new Set([...namesIn(env), ...Object.keys(envValues), ...envKeys, ...declared]);
  const isTold = database.known.some((name) => names.has(name)) || (given.envFrom?.length ?? 0) > 0;
  if (isTold || neighbours.some(({ node }) => node.type === "secret")) return quiet;
  const [key, value] = database.set;
  const message = `No password is set, so ${key}=${value} lets everybody in who reaches it: give one as a secret`;
  const told = Array.isArray(env) ? [...env, { name: key, value }] : { ...env, [key]: value };
  return { env: told, warnings: [{ path: "/env", code: "open-database", message }] };
}

function namesIn(env: Record<string, unknown> | unknown[]): string[] {
  if (!Array.isArray(env)) return Object.keys(env);
  return env.flatMap((each) => (isMap(each) && typeof each.name === "string" ? each.name : []));
}

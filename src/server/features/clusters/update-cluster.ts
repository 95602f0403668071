import type { AuthType, ClusterCredentials, ClusterEdit } from "../../../contract/clusters.ts";
import type { User } from "../../../contract/user.ts";
import { demandRole } from "../../../core/access/grant.ts";
import { toJsonText } from "../../../core/json-text.ts";
import { invalid, type Problem } from "../../../core/problem.ts";
import { seenAs } from "../../background/clusters/seen-as.ts";
import type { ClusterChange } from "../../storage/cluster-notes.ts";
import type { Granted } from "../../storage/grants.ts";
import type { ClusterRow } from "../../storage/tables.ts";
import { accessFrom } from "./access.ts";
import { type ClusterNeeds, type Kept, openKept, sealKept } from "./cluster-needs.ts";
import { type Given, givenCredentials, letsIn, namedAuthType } from "./given-credentials.ts";
import { tryAccess } from "./try-access.ts";

/**
 * Changes what is given. Another server or other credentials are tried first, and wrong ones change nothing; they are
 * for the owner alone.
 */
export async function updateCluster(
  needs: ClusterNeeds,
  user: User,
  { cluster: row, grant }: Granted,
  body: ClusterEdit,
): Promise<ClusterRow> {
  const given = givenCredentials(body);
  const server = body.server?.trim() || row.server;
  const auth_type = namedAuthType(body) ?? row.auth_type;
  const isNewServer = server !== row.server && auth_type !== "kubeconfig";
  if (repoints(row, { server, auth_type }, given)) demandRole(grant, "owner");
  const isOther = isNewServer || auth_type !== row.auth_type || isNews(needs, row, given);
  const wanted = { auth_type, server, isNewServer };
  const change = {
    ...labelling(body),
    ...(isOther && (await reaching(needs, user, row, wanted, given))),
    updated_at: needs.now().toISOString(),
  };
  return needs.clusters.update(row.id, change);
}

/** Replaces credentials by ones that work; how and where a cluster is reached stays. */
export async function updateCredentials(
  needs: ClusterNeeds,
  user: User,
  row: ClusterRow,
  body: ClusterEdit,
): Promise<ClusterRow> {
  const given = givenCredentials(body);
  if (Object.keys(given.credentials).length === 0) {
    const message = "credentials are required";
    throw invalid(message, [{ path: "/credentials", message }]);
  }
  const { auth_type, server } = row;
  const change = await reaching(needs, user, row, { auth_type, server, isNewServer: false }, given);
  return needs.clusters.update(row.id, { ...change, updated_at: needs.now().toISOString() });
}

/** Forms send back what they were filled with, and that is no reason to ask a cluster anything. */
function isNews(needs: ClusterNeeds, row: ClusterRow, given: Given): boolean {
  const entries = Object.entries(given.credentials);
  if (entries.length === 0) return false;
  const known = new Map(Object.entries(keptOf(needs, row, given)));
  return entries.some(
    ([field, value]) => value !== (known.get(field) ?? false) && !sameList(value, known.get(field)),
  );
}

/** Whether more is said of the way in than is shown of it; nobody learns by guessing what else there is. */
function repoints(row: ClusterRow, wanted: Pick<ClusterRow, "server" | "auth_type">, given: Given): boolean {
  const { insecure = row.insecure === 1, namespace = row.namespace, ...others } = given.credentials;
  return (
    wanted.server !== row.server ||
    wanted.auth_type !== row.auth_type ||
    insecure !== (row.insecure === 1) ||
    namespace !== row.namespace ||
    Object.keys(others).length > 0
  );
}

function sameList(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other);
}

function labelling({ displayName, description, labels, singleNode }: ClusterEdit): ClusterChange {
  return {
    ...(displayName && { display_name: displayName }),
    ...(description && { description }),
    ...(labels && { labels: toJsonText(labels) }),
    ...(singleNode !== undefined && { single_node: singleNode ? 1 : 0 }),
  };
}

interface Wanted {
  auth_type: AuthType;
  server: string;
  isNewServer: boolean;
}

/** What changes in a row when it is reached in another way, provided that it can be. */
async function reaching(
  needs: ClusterNeeds,
  user: User,
  row: ClusterRow,
  { auth_type, server, isNewServer }: Wanted,
  given: Given,
): Promise<ClusterChange> {
  if (row.simulated) throw invalid("The sandbox cluster is reached as the server made it");
  const credentials = isNewServer ? newFor(given) : mergedWith(keptOf(needs, row, given), given);
  const checked = await accessFrom(auth_type, server, { ...given, credentials });
  const tried = await tryAccess(needs, user.id, checked);
  if (tried.problem) throw refused(tried.problem);

  const { access } = tried;
  return {
    ...seenAs(tried, needs.now().toISOString()),
    auth_type,
    server: access.server,
    insecure: access.insecure ? 1 : 0,
    namespace: checked.namespace,
    credentials: sealKept(needs, row, { given: credentials, access }),
  };
}

/** A new address never hears the credentials of the old one. */
function newFor({ credentials }: Given): ClusterCredentials {
  if (letsIn(credentials)) return credentials;
  const message = "A new server needs new credentials";
  throw invalid(message, [{ path: "/server", message }]);
}

/** Credentials that cannot be opened any more need not be, where all is given anew. */
function keptOf(needs: ClusterNeeds, row: ClusterRow, given: Given): Kept["given"] {
  try {
    return openKept(needs, row).given;
  } catch (error) {
    if (letsIn(given.credentials)) return {};
    throw error;
  }
}

function mergedWith(kept: ClusterCredentials, { credentials, pathOf }: Given): ClusterCredentials {
  const isOtherIssuer = credentials.oidcIssuerUrl && credentials.oidcIssuerUrl !== kept.oidcIssuerUrl;
  if (!isOtherIssuer || !kept.oidcIssuerUrl) return { ...withoutStale(kept, credentials), ...credentials };
  if (credentials.oidcRefreshToken) {
    const { oidcClientSecret: _, oidcRefreshToken: __, ...rest } = kept;
    return { ...rest, ...credentials };
  }
  const message = "A new issuer needs a new refresh token";
  throw invalid(message, [{ path: pathOf("oidcIssuerUrl"), message }]);
}

/** A context belongs to its file. */
function withoutStale(kept: ClusterCredentials, { kubeconfig }: ClusterCredentials): ClusterCredentials {
  if (!kubeconfig) return kept;
  const { context: _, ...rest } = kept;
  return rest;
}

/** Whatever kept the new way in from working, it is what was sent that is wrong with the request. */
function refused({ message }: Problem): Problem {
  return invalid(message);
}

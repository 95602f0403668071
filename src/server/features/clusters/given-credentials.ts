import type { AuthType, ClusterCredentials, ClusterEdit } from "../../../contract/clusters.ts";
import { invalid } from "../../../core/problem.ts";

type Field = keyof ClusterCredentials;

/** What a request says about credentials, in whichever spelling. */
export interface Given {
  credentials: ClusterCredentials;
  /** Where in the request a field is, so that what is wrong with it can be said there. */
  pathOf(field: Field): string;
}

const spellings = {
  token: ["token"],
  kubeconfig: ["kubeconfig"],
  context: ["context"],
  namespace: ["namespace"],
  caData: ["caData", "ca_data", "ca_cert"],
  clientCertData: ["client_cert_data", "client_cert"],
  clientKeyData: ["client_key_data", "client_key"],
  insecure: ["insecure", "insecure_skip_tls_verify"],
  oidcIssuerUrl: ["oidc_issuer_url"],
  oidcClientId: ["oidc_client_id"],
  oidcClientSecret: ["oidc_client_secret"],
  oidcRefreshToken: ["oidc_refresh_token"],
  oidcScopes: ["oidc_scopes"],
} as const satisfies Record<Field, readonly (keyof ClusterEdit)[]>;

const fields = Object.keys(spellings) as Field[];

/** Gathers the nested and the flat spelling. An empty text says nothing. */
export function givenCredentials(body: ClusterEdit): Given {
  const paths = new Map<Field, string>();
  const found: [Field, unknown][] = [];
  for (const field of fields) {
    const flat = spellings[field].find((name) => isSaid(body[name]));
    const nested = body.credentials?.[field];
    if (isSaid(nested)) found.push([field, nested]);
    else if (flat) found.push([field, body[flat]]);
    paths.set(field, isSaid(nested) || !flat ? `/credentials/${field}` : `/${flat}`);
  }
  return {
    // Sound, since each spelling has the type of the field it stands for.
    credentials: Object.fromEntries(found) as ClusterCredentials,
    pathOf: (field) => paths.get(field) ?? "/credentials",
  };
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== "";
}

/** Whether anything given lets somebody in: a CA or a namespace does not. */
export function letsIn(credentials: ClusterCredentials): boolean {
  const { token, kubeconfig, clientCertData, oidcRefreshToken } = credentials;
  return [token, kubeconfig, clientCertData, oidcRefreshToken].some(isSaid);
}

const authTypes = {
  token: "token",
  bearer_token: "token",
  certificate: "certificate",
  kubeconfig: "kubeconfig",
  serviceaccount: "serviceaccount",
  service_account: "serviceaccount",
  oidc: "oidc",
} as const satisfies Record<string, AuthType>;

/** The way of being let in that a request names. */
export function namedAuthType({ authType, auth_type }: ClusterEdit): AuthType | undefined {
  const name = authType ?? auth_type;
  return name && authTypes[name];
}

/** The one that the credentials themselves speak of. */
export function inferredAuthType({ credentials }: Given): AuthType {
  if (credentials.kubeconfig) return "kubeconfig";
  if (credentials.oidcRefreshToken) return "oidc";
  if (credentials.clientCertData) return "certificate";
  if (credentials.token) return "token";
  const message = "Credentials are required: a token, a client certificate, a kubeconfig or an OIDC token";
  throw invalid(message, [{ path: "/credentials", message }]);
}

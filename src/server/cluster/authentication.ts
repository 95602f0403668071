import type { OutboundPool } from "../outbound/call.ts";
import { createOidc, type OidcAccess } from "./authentication-oidc.ts";
import type { Authentication } from "./rest.ts";

/** Where a cluster is and what it takes to be let in: everything a connection needs, and nothing as the user sent it. */
export interface Access {
  server: string;
  insecure: boolean;
  /** The server started it itself, so its address is not judged. */
  trusted?: boolean;
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  token?: string;
  oidc?: OidcAccess;
}

export interface AuthenticationNeeds {
  /** A pool to the identity provider, under the same rules as every other. */
  openPool(origin: string): OutboundPool;
  /** Told of a refresh token that replaces the one used. */
  renewed(refreshToken: string): void;
}

/** How requests to a cluster say who they are from. A client certificate says it already on connecting. */
export function authenticationFor({ token, oidc }: Access, needs: AuthenticationNeeds): Authentication {
  if (oidc) return createOidc(oidc, needs);
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    headers: async () => headers,
    secrets: () => (token === undefined ? [] : [token]),
    refused: () => undefined,
  };
}

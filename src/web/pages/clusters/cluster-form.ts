import { ApiError } from "../../../client/api-error.ts";
import type { AuthType, ClusterCredentials, NewCluster } from "../../../contract/clusters.ts";

/** What is typed to reach a cluster; what belongs to another way in stays while one is tried. */
export interface WayForm {
  way: AuthType;
  server: string;
  kubeconfig: string;
  context: string;
  token: string;
  caData: string;
  clientCertData: string;
  clientKeyData: string;
  oidcIssuerUrl: string;
  oidcClientId: string;
  oidcClientSecret: string;
  oidcRefreshToken: string;
  namespace: string;
  insecure: boolean;
}

export interface ClusterForm extends WayForm {
  name: string;
  singleNode: boolean;
}

export type WayField = Exclude<keyof WayForm, "way" | "insecure">;
export type Faults = Readonly<Partial<Record<keyof ClusterForm, string>>>;

export const emptyWay: WayForm = {
  way: "kubeconfig",
  server: "",
  kubeconfig: "",
  context: "",
  token: "",
  caData: "",
  clientCertData: "",
  clientKeyData: "",
  oidcIssuerUrl: "",
  oidcClientId: "",
  oidcClientSecret: "",
  oidcRefreshToken: "",
  namespace: "",
  insecure: false,
};

export const ways: readonly { id: AuthType; label: string }[] = [
  { id: "kubeconfig", label: "Kubeconfig" },
  { id: "token", label: "Token" },
  { id: "certificate", label: "Certificate" },
  { id: "serviceaccount", label: "Service account" },
  { id: "oidc", label: "OIDC" },
];

const needed: Readonly<Record<AuthType, readonly WayField[]>> = {
  kubeconfig: ["kubeconfig"],
  token: ["server", "token"],
  certificate: ["server", "clientCertData", "clientKeyData"],
  serviceaccount: ["server", "token"],
  oidc: ["server", "oidcIssuerUrl", "oidcClientId", "oidcRefreshToken"],
};

type SentField = Exclude<WayField, "server">;

const optional: Readonly<Record<AuthType, readonly SentField[]>> = {
  kubeconfig: ["context", "namespace"],
  token: ["caData", "namespace"],
  certificate: ["caData", "namespace"],
  serviceaccount: ["caData", "namespace"],
  oidc: ["caData", "oidcClientSecret", "namespace"],
};

/** The credentials of the way that is chosen, and of no other. */
export function credentialsIn(form: WayForm): ClusterCredentials {
  const isSent = (field: WayField): field is SentField => field !== "server";
  const fields = [...needed[form.way].filter(isSent), ...optional[form.way]];
  const given = fields.filter((field) => form[field] !== "").map((field) => [field, form[field]]);
  return { ...Object.fromEntries(given), ...(form.insecure && { insecure: true }) };
}

/** What is sent of the way in; a kubeconfig brings its server along. */
export function wayIn(form: WayForm) {
  return {
    authType: form.way,
    ...(form.way !== "kubeconfig" && { server: form.server.trim() }),
    credentials: credentialsIn(form),
  };
}

export function newCluster(form: ClusterForm): NewCluster {
  return { name: form.name, ...wayIn(form), ...(form.singleNode && { singleNode: true }) };
}

/** What is missing before it is worth sending. */
export function missingIn(form: WayForm): Faults {
  const empty = needed[form.way].filter((field) => form[field].trim() === "");
  return Object.fromEntries(empty.map((field) => [field, "This is needed"]));
}

export function nameFault(name: string): string | undefined {
  if (name === "") return "This is needed";
  if (name === "default" || name === "sandbox") return "This name is taken by the app itself";
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 63) return undefined;
  return "Small letters, digits and dashes, 63 at most, not beginning or ending with a dash";
}

/** A name that could be meant: "Prod EU@admin" becomes "prod-eu-admin". */
export function suggestedName(from: string): string {
  const name = from
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  return nameFault(name) ? "" : name;
}

/** What the server says of each field; the rest of what it says belongs above them all. */
export function faultsIn(error: unknown): Faults {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.details.flatMap(({ path, message }) => {
      const field = path.split(/[/.]/).at(-1) ?? "";
      return field === "name" || field in emptyWay ? [[field, message]] : [];
    }),
  );
}

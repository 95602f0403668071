import { invalid } from "../../core/problem.ts";
import type { Access } from "./authentication.ts";
import { certificatesIn, keyPair } from "./authentication-pem.ts";
import { type Entry, readEntries } from "./kubeconfig-entries.ts";

export interface Asked {
  /** Where in the request the file came from. */
  path: string;
  /** The context to use instead of the file's own choice. */
  context?: string | undefined;
}

export interface Kubeconfig {
  access: Access;
  namespace: string;
  /** Every server of the file, used or not. */
  servers: string[];
}

type Refuse = (message: string) => Error;

/** What a kubeconfig says, inline and as plain text. Nothing it points to is read, nothing it names is run. */
export function readKubeconfig(text: string, { path, context }: Asked): Kubeconfig {
  const refuse: Refuse = (message) => invalid(message, [{ path, message }]);
  const file = readEntries(text, refuse);
  const name = context || textOf(file, "current-context", refuse);
  if (!name) throw refuse("The kubeconfig has no current-context, so a context must be given");

  const chosen = named(file, "contexts", "context", name, refuse);
  const cluster = named(file, "clusters", "cluster", required(chosen, "cluster", refuse), refuse);
  const user = named(file, "users", "user", required(chosen, "user", refuse), refuse);
  return {
    access: { ...placeIn(cluster, path, refuse), ...identityIn(user, path, refuse) },
    namespace: textOf(chosen, "namespace", refuse) ?? "",
    servers: serversIn(file, refuse),
  };
}

function placeIn(cluster: Entry, path: string, refuse: Refuse): Access {
  const ca = textOf(cluster, "certificate-authority-data", refuse);
  const servername = textOf(cluster, "tls-server-name", refuse);
  const skips = textOf(cluster, "insecure-skip-tls-verify", refuse) ?? "false";
  if (!["true", "false"].includes(skips)) throw refuse("insecure-skip-tls-verify must be true or false");
  return {
    server: required(cluster, "server", refuse),
    insecure: skips === "true",
    ...(ca && { ca: certificatesIn(ca, { path, name: "certificate-authority-data" }) }),
    ...(servername && { servername }),
  };
}

function identityIn(user: Entry, path: string, refuse: Refuse): Pick<Access, "token" | "cert" | "key"> {
  const token = textOf(user, "token", refuse);
  const cert = textOf(user, "client-certificate-data", refuse);
  const key = textOf(user, "client-key-data", refuse);
  if (Boolean(cert) !== Boolean(key))
    throw refuse("client-certificate-data and client-key-data must be given together");
  if (!token && !cert)
    throw refuse("The kubeconfig's user has no token and no client certificate that could be used");
  const fields = { cert: { path, name: "client-certificate-data" }, key: { path, name: "client-key-data" } };
  return { ...(token && { token }), ...(cert && key && keyPair(cert, key, fields)) };
}

function serversIn(file: Entry, refuse: Refuse): string[] {
  return listOf(file, "clusters", refuse).flatMap((each) => {
    const server = textOf(mapOf(each, "cluster", refuse), "server", refuse);
    return server ? [server] : [];
  });
}

function named(file: Entry, list: string, inner: string, name: string, refuse: Refuse): Entry {
  const found = listOf(file, list, refuse).find((each) => textOf(each, "name", refuse) === name);
  if (!found) throw refuse(`The kubeconfig has no ${inner} of that name`);
  return mapOf(found, inner, refuse);
}

function listOf(file: Entry, key: string, refuse: Refuse): Entry[] {
  const value = file.get(key) ?? [];
  if (!Array.isArray(value)) throw refuse(`${key} must be a list`);
  return value.map((each) => {
    if (each instanceof Map) return each;
    throw refuse(`${key} must be a list of maps`);
  });
}

function mapOf(entry: Entry, key: string, refuse: Refuse): Entry {
  const value = entry.get(key);
  if (value instanceof Map) return value;
  throw refuse(`${key} must be a map`);
}

function required(entry: Entry, key: string, refuse: Refuse): string {
  const text = textOf(entry, key, refuse);
  if (text) return text;
  throw refuse(`The kubeconfig needs ${key}`);
}

function textOf(entry: Entry, key: string, refuse: Refuse): string | undefined {
  const value = entry.get(key);
  if (value === undefined || typeof value === "string") return value;
  throw refuse(`${key} must be text`);
}

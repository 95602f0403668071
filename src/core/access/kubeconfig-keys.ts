// As they read without case and dashes: programs to run, files to read, other people to be, ways round.
const forbidden = new Set([
  "exec",
  "authprovider",
  "tokenfile",
  "certificateauthority",
  "clientcertificate",
  "clientkey",
  "proxyurl",
  "as",
  "asuid",
  "asgroups",
  "asuserextra",
  "impersonate",
  "impersonateuser",
  "impersonateuid",
  "impersonategroups",
  "impersonateuserextra",
  "username",
  "password",
]);

/** Whether a kubeconfig with this key, in whichever spelling and wherever it stands, is refused. */
export function isForbiddenKey(name: string): boolean {
  const plain = name.normalize("NFKC").toLowerCase();
  return forbidden.has(plain.replace(/[^\p{L}\p{N}]/gu, ""));
}

import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { type Detail, invalid } from "../../core/problem.ts";

/** Where a text came from, so that what is wrong with it can be said at the right field. */
export interface Field {
  path: string;
  name: string;
}

const mostCertificates = 64;
const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;

/** Certificates that may sign: PEM, however it was wrapped. */
export function certificatesIn(text: string, field: Field): string {
  const blocks = blocksOf(text, field).filter(({ label }) => label === "CERTIFICATE");
  if (blocks.length === 0 || blocks.length > mostCertificates) throw refuse(field, "certificate");
  for (const { pem } of blocks) readCertificate(pem, field);
  return blocks.map(({ pem }) => pem).join("\n");
}

/** A certificate (and those between it and its CA) with the key that belongs to it. */
export function keyPair(cert: string, key: string, fields: { cert: Field; key: Field }) {
  const certificates = certificatesIn(cert, fields.cert);
  const [own] = blocksOf(certificates, fields.cert);
  const { pem, secret } = readKey(key, fields.key);
  if (!own || !readCertificate(own.pem, fields.cert).checkPrivateKey(secret))
    throw refuseWith(fields.key, `${fields.key.name} does not belong to ${fields.cert.name}`);
  return { cert: certificates, key: pem };
}

function readKey(text: string, field: Field): { pem: string; secret: KeyObject } {
  const found = blocksOf(text, field).find(({ label }) => label.endsWith("PRIVATE KEY"));
  try {
    if (found) return { pem: found.pem, secret: createPrivateKey(found.pem) };
  } catch {
    // Told like a key that is not there: what a parser says of a secret is not for an answer.
  }
  throw refuse(field, "private key without a passphrase");
}

function readCertificate(pem: string, field: Field): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw refuse(field, "certificate");
  }
}

function blocksOf(text: string, field: Field): { label: string; pem: string }[] {
  const pem = text.includes("-----BEGIN") ? text : fromBase64(text);
  if (pem.split("-----BEGIN").length > mostCertificates + 1) throw refuse(field, "PEM block");
  const found = [...pem.matchAll(block)].map(([whole, label = ""]) => ({ label, pem: whole }));
  if (found.length === 0) throw refuse(field, "PEM block");
  return found;
}

function fromBase64(text: string): string {
  return /^[A-Za-z0-9+/=_\-\s]*$/.test(text) ? Buffer.from(text, "base64").toString("latin1") : "";
}

const refuse = (field: Field, what: string) =>
  refuseWith(field, `${field.name} must be a ${what}, as PEM or base64 of it`);

function refuseWith({ path }: Field, message: string): Error {
  const detail: Detail = { path, message };
  return invalid(message, [detail]);
}

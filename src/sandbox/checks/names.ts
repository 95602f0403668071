import { type Json, map } from "../objects.ts";
import type { Cause } from "../status.ts";
import { invalidValue, required } from "./faults.ts";

interface Rule {
  form: RegExp;
  longest: number;
  /** What the server says of a name that breaks it. */
  sentence: string;
}

const alphanumeric = "must consist of lower case alphanumeric characters";
const regex = (pattern: string) => `regex used for validation is '${pattern}'`;

export const dnsLabel: Rule = {
  form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  sentence: `a lowercase RFC 1123 label ${alphanumeric} or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', ${regex("[a-z0-9]([-a-z0-9]*[a-z0-9])?")})`,
};
export const dnsSubdomain: Rule = {
  form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  sentence: `a lowercase RFC 1123 subdomain ${alphanumeric}, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', ${regex("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")})`,
};
const serviceName: Rule = {
  form: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  sentence: `a DNS-1035 label ${alphanumeric} or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', ${regex("[a-z]([-a-z0-9]*[a-z0-9])?")})`,
};
const labelValue: Rule = {
  form: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  longest: 63,
  sentence: `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', ${regex("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")})`,
};
const labelName: Rule = {
  form: /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  longest: 63,
  sentence: `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', ${regex("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")})`,
};

/** What a name breaks of a rule. */
export function ruleFaults(field: string, name: string, rule: Rule): Cause[] {
  const faults: Cause[] = [];
  if (name.length > rule.longest)
    faults.push(invalidValue(field, name, `must be no more than ${rule.longest} characters`));
  if (!rule.form.test(name)) faults.push(invalidValue(field, name, rule.sentence));
  return faults;
}

/** A name that must be there and keep to a rule. */
export function nameAt(field: string, name: Json | undefined, rule: Rule): Cause[] {
  return typeof name === "string" && name !== "" ? ruleFaults(field, name, rule) : [required(field)];
}

export function nameFaults(kind: string, name: string): Cause[] {
  const field = "metadata.name";
  if (/^(Cluster)?Role/.test(kind)) return [];
  if (kind === "Service") return ruleFaults(field, name, serviceName);
  if (kind === "Namespace" || kind === "StatefulSet")
    return name.includes(".")
      ? [invalidValue(field, name, "must not contain dots")]
      : ruleFaults(field, name, dnsLabel);
  // The controller puts eleven characters behind it.
  const longest = kind === "CronJob" ? 52 : dnsSubdomain.longest;
  return ruleFaults(field, name, { ...dnsSubdomain, longest });
}

/** Keys of labels and annotations: a name, or a domain, a slash and a name. */
export function keyFaults(key: string, field: string): Cause[] {
  const parts = key.split("/");
  const [prefix, name = ""] = parts.length > 1 ? parts : [undefined, key];
  if (prefix !== undefined && !dnsSubdomain.form.test(prefix))
    return [invalidValue(field, key, `prefix part ${dnsSubdomain.sentence}`)];
  if (name === "") return [invalidValue(field, key, "name part must be non-empty")];
  if (name.length > labelName.longest)
    return [invalidValue(field, key, "name part must be no more than 63 characters")];
  return labelName.form.test(name) ? [] : [invalidValue(field, key, labelName.sentence)];
}

export function labelFaults(labels: Json | undefined, field: string): Cause[] {
  const faults = Object.entries(map(labels)).flatMap(([key, value]) => [
    ...keyFaults(key, field),
    ...ruleFaults(field, String(value), labelValue),
  ]);
  return faults.filter(
    ({ message }, index) => faults.findIndex((each) => each.message === message) === index,
  );
}

/** The name of a port: for other objects to call it by. */
export function portNameFaults(field: string, name: string): Cause[] {
  const why: string[] = [];
  if (name.length > 15) why.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(name))
    why.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  else if (!/[a-z]/.test(name)) why.push("must contain at least one letter (a-z)");
  else if (/--/.test(name)) why.push("must not contain consecutive hyphens");
  else if (/^-|-$/.test(name)) why.push("must not begin or end with a hyphen");
  return why.map((each) => invalidValue(field, name, each));
}

const port = (value: unknown) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535;

export function portFaults(field: string, value: Json | undefined): Cause[] {
  return port(value) ? [] : [invalidValue(field, value ?? 0, "must be between 1 and 65535, inclusive")];
}

/** A port by number or by name. */
export function portOrNameFaults(field: string, value: Json | undefined): Cause[] {
  return typeof value === "string" ? portNameFaults(field, value) : portFaults(field, value);
}

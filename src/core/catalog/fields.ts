import { type TSchema, Type } from "typebox";
import { hinted } from "./hints.ts";

const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

/** DNS-1123 subdomain, as most objects are named. */
export const name = Type.String({
  title: "Name",
  maxLength: 253,
  pattern: `^${label}(\\.${label})*$`,
  refusal: "may hold lower case letters, digits, dashes and dots, and begins and ends with a letter or digit",
});

/** DNS-1123 label, for names that become part of a host name or of a label. */
export const labelName = Type.String({
  title: "Name",
  maxLength: 63,
  pattern: `^${label}$`,
  refusal:
    "may hold lower case letters, digits and dashes, and begins and ends with a letter or digit (63 at most)",
});

/** DNS-1035 label, as services are named. */
export const serviceName = Type.String({
  title: "Name",
  maxLength: 63,
  pattern: "^[a-z]([-a-z0-9]*[a-z0-9])?$",
  refusal: "may hold lower case letters, digits and dashes, and begins with a letter (63 at most)",
});

export const namespace = Type.Optional(Type.String({ ...labelName, title: "Namespace" }));

/** The name of another object. */
export const nameOf = (title: string) => Type.String({ ...name, title });

export const image = Type.String({
  title: "Image",
  maxLength: 1_024,
  pattern: "^\\s*\\S+\\s*$",
  refusal: "must not hold blanks",
});

const amount = "(\\d+(\\.\\d*)?|\\.\\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\\d+))?$";
const amountRefusal = "must be an amount such as 500m, 2, 128Mi or 10Gi";

/** Kubernetes' whole grammar of quantities, without those below nothing. */
export const quantity = (title: string) =>
  Type.Union([
    Type.String({ title, pattern: `^\\+?${amount}`, refusal: amountRefusal }),
    Type.Number({ title, minimum: 0 }),
  ]);

/** A quantity that is more than nothing, with the usual one of a claim's storage if there is one. */
export const storage = (usual?: string) =>
  Type.Union(
    [
      Type.String({
        title: "Storage",
        pattern: `^(?=[^eE]*[1-9])\\+?${amount}`,
        refusal: `${amountRefusal}, and more than nothing`,
      }),
      Type.Number({ title: "Storage", exclusiveMinimum: 0 }),
    ],
    usual === undefined ? {} : { default: usual },
  );

export const accessModes = Type.Array(
  Type.Enum(["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"], { title: "Access mode" }),
  { title: "Access modes", default: ["ReadWriteOnce"] },
);

export const volumeMode = Type.Optional(Type.Enum(["Filesystem", "Block"], { title: "Volume mode" }));

const scalar = (title: string) =>
  Type.Union([
    Type.String({ title, refusal: "must be a text, a number, true or false" }),
    Type.Number(),
    Type.Boolean(),
  ]);

/** Labels and selectors: values are any scalar, which becomes text exactly as written. */
export const labels = (title: string) => Type.Record(Type.String(), scalar(title), { title });

export const annotations = Type.Record(Type.String(), scalar("Annotation"), { title: "Annotations" });

export const texts = (title: string) =>
  Type.Array(Type.String({ title }), { title, refusal: "must be a list of texts" });

/** A part of Kubernetes' own, passed on as it is; the cluster checks it before anything is applied. */
export const asKubernetes = (title: string) => Type.Record(Type.String(), Type.Unknown(), { title });

export const listOf = <Item extends TSchema>(title: string, item: Item) => Type.Array(item, { title });

export const port = (title: string, minimum = 0) =>
  Type.Integer({
    title,
    minimum,
    maximum: 65_535,
    refusal: `must be a whole number from ${minimum} to 65535`,
  });

/** As ports of containers are named: fifteen characters, one of them a letter. */
const portNamePattern = "^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$";
const portNameRefusal =
  "must be a number or a port's name (lower case letters, digits and dashes, 15 at most)";

export const portName = (title: string) =>
  Type.String({ title, pattern: portNamePattern, refusal: "must be a short lower case name (15 at most)" });

/** A port by number or by name; a number that was written as text is a number. */
export const portOrName = (title: string, minimum = 0) =>
  Type.Union([
    Type.Integer({ title, minimum, maximum: 65_535 }),
    Type.String({ title, pattern: `(^\\d{1,5}$)|(${portNamePattern})`, refusal: portNameRefusal }),
  ]);

/** Kubernetes would look for a port called “8080”, so that digits become a number. */
export function asPort(given: number | string): number | string {
  return typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
}

export const wholeNumber = (title: string, minimum = 0, maximum?: number) =>
  Type.Integer({
    title,
    minimum,
    ...(maximum !== undefined && { maximum }),
    refusal: `must be a whole number, ${maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`}`,
  });

/** What every node has beside its own. */
export const commonSettings = hinted(
  {
    namespace,
    labels: Type.Optional(labels("Labels")),
    annotations: Type.Optional(annotations),
  },
  {
    namespace: {
      order: 90,
      description: "Where the object lives. Without one, where the workflow is deployed to.",
    },
    labels: { group: "Labels", description: "Words to find the object by; a workload's pods bear them too." },
    annotations: {
      group: "Labels",
      description: "Notes for people and controllers; nothing selects by them.",
    },
  },
);

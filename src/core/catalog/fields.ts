import { type TSchema, Type } from "typebox";

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

export const namespace = Type.Optional(
  Type.String({
    title: "Namespace",
    maxLength: 63,
    pattern: `^${label}$`,
    refusal:
      "may hold lower case letters, digits and dashes, and begins and ends with a letter or digit (63 at most)",
  }),
);

export const image = Type.String({
  title: "Image",
  maxLength: 1_024,
  pattern: "^\\s*\\S+\\s*$",
  refusal: "must not hold blanks",
});

/** Kubernetes' whole grammar of quantities. */
export const quantityPattern = "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\\d+))?$";

export const quantity = (title: string) =>
  Type.Union([
    Type.String({
      title,
      pattern: quantityPattern,
      refusal: "must be an amount such as 500m, 2, 128Mi or 10Gi",
    }),
    Type.Number({ title, minimum: 0 }),
  ]);

const labelKey = "^([a-z0-9A-Z]([-a-z0-9.]*[a-z0-9A-Z])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";
const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** Labels and selectors: keys by Kubernetes' rules, values any scalar, which becomes text exactly as written. */
export const labels = (title: string) =>
  Type.Record(Type.String(), scalar, { title, propertyNames: { pattern: labelKey } });

export const annotations = Type.Record(Type.String(), scalar, { title: "Annotations" });

export const texts = (title: string) =>
  Type.Array(Type.String(), { title, refusal: "must be a list of texts" });

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

export const wholeNumber = (title: string, minimum = 0) =>
  Type.Integer({ title, minimum, refusal: `must be a whole number, at least ${minimum}` });

import { at, type Obj } from "./objects.ts";
import type { Resource } from "./resources.ts";
import { badRequest } from "./status.ts";

type Test = (object: Obj) => boolean;

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` */
export function labelTest(selector: string): Test {
  const tests = splitOutside(selector).map(oneLabel);
  return (object) => tests.every((test) => test(object));
}

function splitOutside(selector: string): string[] {
  return (selector.match(/[^,(]+(\([^)]*\))?/g) ?? []).map((part) => part.trim()).filter(Boolean);
}

const labelOf = ({ metadata }: Obj, key: string) => metadata.labels?.[key];

function oneLabel(part: string): Test {
  const inSet = setTest(part);
  if (inSet) return inSet;
  const [, key = "", operator, value = ""] = /^([^!=\s]+)\s*(==|=|!=)\s*(\S*)$/.exec(part) ?? [];
  if (operator === "!=") return (object) => labelOf(object, key) !== value;
  if (operator) return (object) => labelOf(object, key) === value;
  const [, not, name = ""] = /^(!?)\s*([^\s!=]+)$/.exec(part) ?? [];
  if (!name) throw unreadable(part);
  return (object) => (labelOf(object, name) === undefined) === (not === "!");
}

function setTest(part: string): Test | undefined {
  const [, key = "", verb, values = ""] = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part) ?? [];
  if (!verb) return undefined;
  const set = new Set(values.split(",").map((value) => value.trim()));
  const isIn: Test = (object) => {
    const value = labelOf(object, key);
    return value !== undefined && set.has(value);
  };
  return verb === "in" ? isIn : (object) => !isIn(object);
}

function unreadable(part: string) {
  const [, , word] = /^(\S+)\s+(?:in|notin)\s+(\S+)/.exec(part) ?? [];
  return badRequest(`unable to parse requirement: ${word ? `found '${word}' expected: '('` : part}`);
}

const always = ["metadata.name", "metadata.namespace"];

/** What else a kind can be selected by. */
const fieldsOfKind: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "status.phase",
    "status.podIP",
  ],
  Event: [
    ...["apiVersion", "fieldPath", "kind", "name", "namespace", "resourceVersion", "uid"].map(
      (field) => `involvedObject.${field}`,
    ),
    ...["reason", "reportingComponent", "source", "type"],
  ],
  Namespace: ["status.phase"],
  Node: ["spec.unschedulable"],
  Secret: ["type"],
  Job: ["status.successful"],
  ReplicaSet: ["status.replicas"],
};

/** `metadata.name=x,status.phase!=Running` */
export function fieldTest(selector: string, { kind }: Pick<Resource, "kind">): Test {
  const known = [...always, ...(fieldsOfKind[kind] ?? [])];
  const tests = selector
    .split(",")
    .filter(Boolean)
    .map((part): Test => {
      const [, path = "", operator, value = ""] = /^([\w.]+)\s*(==|=|!=)\s*(.*)$/.exec(part) ?? [];
      if (!operator) throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
      if (!known.includes(path))
        throw badRequest(
          `"${path}" is not a known field selector: only ${known.map((each) => `"${each}"`).join(", ")}`,
        );
      const isEqual: Test = (object) => String(at(object, ...path.split(".")) ?? "") === value;
      return operator === "!=" ? (object) => !isEqual(object) : isEqual;
    });
  return (object) => tests.every((test) => test(object));
}

import { at, type Obj } from "./objects.ts";
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

function oneLabel(part: string): Test {
  const labelOf = (object: Obj, key: string) => object.metadata.labels?.[key];
  const [, setKey = "", setVerb, values = ""] = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part) ?? [];
  if (setVerb) {
    const set = new Set(values.split(",").map((value) => value.trim()));
    return (object) => {
      const value = labelOf(object, setKey);
      return setVerb === "in"
        ? value !== undefined && set.has(value)
        : value === undefined || !set.has(value);
    };
  }
  const [, key = "", operator, value = ""] = /^([^!=\s]+)\s*(==|=|!=)\s*(.*)$/.exec(part) ?? [];
  if (operator === "!=") return (object) => labelOf(object, key) !== value;
  if (operator) return (object) => labelOf(object, key) === value;
  if (part.startsWith("!")) return (object) => labelOf(object, part.slice(1)) === undefined;
  if (/\s/.test(part)) throw badRequest(`unable to parse requirement: ${part}`);
  return (object) => labelOf(object, part) !== undefined;
}

/** `metadata.name=x,status.phase!=Running` */
export function fieldTest(selector: string): Test {
  const tests = selector
    .split(",")
    .filter(Boolean)
    .map((part): Test => {
      const [, path = "", operator, value = ""] = /^([\w.]+)\s*(==|=|!=)\s*(.*)$/.exec(part) ?? [];
      if (!operator) throw badRequest(`invalid field selector: ${part}`);
      const isEqual: Test = (object) => String(at(object, ...path.split(".")) ?? "") === value;
      return operator === "!=" ? (object) => !isEqual(object) : isEqual;
    });
  return (object) => tests.every((test) => test(object));
}

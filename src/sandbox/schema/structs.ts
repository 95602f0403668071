/** The fields of a kind, as the server's own types have them. One line is one type: `Name field:type …`. */
export interface FieldType {
  /** A struct's name, or `string`, `int32`, `int64`, `bool`, `quantity`, `bytes`, `intOrString`, `time`, `any`. */
  of: string;
  shape: "one" | "list" | "map";
}

export type Struct = ReadonlyMap<string, FieldType>;

/** Reads types written one a line: `containers:Container[]` is a list, `labels:string{}` a map, no type is anything. */
export function structsFrom(text: string): Map<string, Struct> {
  const structs = new Map<string, Struct>();
  for (const line of text.trim().split("\n")) {
    const [name = "", ...fields] = line.trim().split(/\s+/);
    const known = structs.get(name) ?? new Map<string, FieldType>();
    structs.set(name, new Map([...known, ...fields.map(fieldFrom)]));
  }
  return structs;
}

function fieldFrom(word: string): [string, FieldType] {
  const [field = "", type = "any"] = word.split(":");
  const shape = type.endsWith("[]") ? "list" : type.endsWith("{}") ? "map" : "one";
  return [field, { of: shape === "one" ? type : type.slice(0, -2), shape }];
}

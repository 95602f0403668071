import { Type } from "typebox";

/** 24 lowercase hexadecimal characters, ordered by time. Anything else is refused before anything is looked up. */
export function idParam(thing: string) {
  return Type.String({ pattern: "^[0-9a-f]{24}$", title: `Invalid ${thing} ID` });
}

/** Times on the wire: RFC 3339, UTC. */
export const Time = Type.String({ format: "date-time" });

import { expect, test } from "vitest";
import { isEnvFile, readEnvFile } from "./env-file.ts";

const file = `# settings
LOG_LEVEL=info
export URL = "https://a.example/?x=1#y"  # the door
EMPTY=
QUOTED='a # b'
LINES="one\\ntwo"
PLAIN=a b # rest
LOG_LEVEL=debug
not a line`;

test("a .env file is read as people write it, the last of two winning", () => {
  expect(readEnvFile(file)).toEqual([
    ["LOG_LEVEL", "debug"],
    ["URL", "https://a.example/?x=1#y"],
    ["EMPTY", ""],
    ["QUOTED", "a # b"],
    ["LINES", "one\ntwo"],
    ["PLAIN", "a b"],
  ]);
});

test("only a text of several such lines is taken for a file", () => {
  expect(isEnvFile("A=1\nB=2\n")).toBe(true);
  for (const text of ["A=1", "postgres://u:p@h/db?a=b", "two\nlines", ""])
    expect(isEnvFile(text)).toBe(false);
});

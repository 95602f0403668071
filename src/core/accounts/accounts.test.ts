import { expect, test } from "vitest";
import { checkedEmail, emailIdentity } from "./email-address.ts";
import { checkNewPassword } from "./password-rule.ts";

test.each(["Ada@Example.com", "  ada@example.com ", "ada@example.com", "ａda@example.com"])(
  "%j is Ada's address",
  (spelling) => expect(checkedEmail(spelling)).toBe("ada@example.com"),
);

test("the Kelvin sign is a k", () => expect(checkedEmail("\u212Aim@example.com")).toBe("kim@example.com"));

test.each([
  ["ada@example.com\r\n", "must not contain control characters"],
  ["a\u0000da@example.com", "must not contain control characters"],
  ["ada\ud800@example.com", "must not contain control characters"],
  [
    `${"a".repeat(60)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(20)}`,
    "at most 254",
  ],
  ["ada", "must be an e-mail address"],
  ["ada@localhost", "must be an e-mail address"],
  ["ada@b@example.com", "must be an e-mail address"],
  ["ada@example.com,eve@example.com", "must be an e-mail address"],
  ["a da@example.com", "must be an e-mail address"],
  ["ada@-example.com", "must be an e-mail address"],
  ["ada\u200b@example.com", "must be an e-mail address"],
  ["<ada@example.com>", "must be an e-mail address"],
])("%j cannot be registered", (spelling, message) => {
  expect(() => checkedEmail(spelling)).toThrow(message);
});

test("an address nobody could register still identifies nobody", () => {
  expect(emailIdentity(" Not An Address ")).toBe("not an address");
});

test.each(["12345678", "😀".repeat(8), "e\u0301".repeat(4), "x".repeat(128), "😀".repeat(128), "        "])(
  "%j is a password",
  (password) => expect(() => checkNewPassword(password, "/password")).not.toThrow(),
);

test.each(["1234567", "😀".repeat(7), "x".repeat(129), "😀".repeat(129), "x".repeat(1_000_000)])(
  "a password has 8 to 128 characters",
  (password) =>
    expect(() => checkNewPassword(password, "/password")).toThrow("must have 8 to 128 characters"),
);

test("half a character is not part of a password", () => {
  expect(() => checkNewPassword("abcdefg\ud800", "/password")).toThrow("must be well-formed text");
});

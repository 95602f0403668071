import { expect, test } from "vitest";
import { accountKey, addressKey } from "./sign-in-limits.ts";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
])("U06: %s is counted as %s", (address, key) => expect(addressKey(address)).toBe(key));

test("what was typed as an address is not kept in clear", () => {
  expect(accountKey("my password by mistake")).toMatch(/^[\w-]{43}$/);
});

import { expect, test } from "vitest";
import { browserOf } from "./browser-of.ts";

test("browsers are called what people call them, and anything else what it calls itself", () => {
  const linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(browserOf(`${linux} Chrome/150.0.0.0 Safari/537.36`)).toBe("Chrome on Linux");
  expect(browserOf(`${linux} Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0`)).toBe("Edge on Linux");
  expect(browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0) Version/26.0 Safari/604.1")).toBe(
    "Safari on iOS",
  );
  expect(browserOf("curl/8.5.0")).toBe("curl/8.5.0");
  expect(browserOf("")).toBe("Something that did not say what it is");
});

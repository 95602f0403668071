import { expect, test } from "vitest";
import { ApiError } from "../../client/api-error.ts";
import { failureReport, failureText } from "./failure-text.ts";

test("a refusal says the server's sentence and every detail", () => {
  const details = [
    { path: "name", message: "is too long" },
    { path: "", message: "try again later" },
  ];
  expect(failureText(new ApiError(400, { error: "The form has faults", details }))).toEqual({
    title: "The form has faults",
    details: ["name: is too long", "try again later"],
  });
});

test("what is not here and what is not allowed say so first", () => {
  expect(failureText(new ApiError(404, { error: "Cluster not found" }))).toMatchObject({
    title: "Not here, or not yours",
    more: "Cluster not found",
  });
  expect(failureText(new ApiError(403, { error: "This needs an editor" }))).toMatchObject({
    title: "You may not do this",
    more: "This needs an editor",
  });
});

test("the report has what was asked, the answer, the page and the time", () => {
  const asked = { method: "GET", path: "/v1/api/clusters" };
  const refusal = new ApiError(503, { error: "Busy" }, asked);
  expect(failureReport(refusal, "/clusters")).toBe(
    `Busy\nGET /v1/api/clusters: 503\nPage: /clusters\nTime: ${refusal.at.toISOString()}`,
  );
});

test("what is no refusal says its own message", () => {
  expect(failureText(new RangeError("Too deep"))).toMatchObject({ more: "Too deep", details: [] });
});

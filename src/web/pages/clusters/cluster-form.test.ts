import { expect, test } from "vitest";
import { ApiError } from "../../../client/api-error.ts";
import {
  credentialsIn,
  emptyWay,
  faultsIn,
  missingIn,
  nameFault,
  newCluster,
  suggestedName,
} from "./cluster-form.ts";

test("only the chosen way is sent", () => {
  const form = {
    ...emptyWay,
    kubeconfig: "kind: Config",
    context: "prod",
    token: "secret",
    server: "https://x",
  };
  expect(credentialsIn(form)).toEqual({ kubeconfig: "kind: Config", context: "prod" });
  expect(newCluster({ ...form, way: "token", name: "prod", singleNode: true, insecure: true })).toEqual({
    name: "prod",
    authType: "token",
    server: "https://x",
    credentials: { token: "secret", insecure: true },
    singleNode: true,
  });
});

test("what a way needs and has not is missing", () => {
  expect(missingIn(emptyWay)).toEqual({ kubeconfig: expect.any(String) });
  expect(Object.keys(missingIn({ ...emptyWay, way: "certificate", server: " " }))).toEqual([
    "server",
    "clientCertData",
    "clientKeyData",
  ]);
  expect(missingIn({ ...emptyWay, way: "token", server: "https://x", token: "t" })).toEqual({});
});

test.each(["", "default", "sandbox", "Prod", "-a", "a-", "a".repeat(64)])("%j is no name", (name) => {
  expect(nameFault(name)).toEqual(expect.any(String));
});

test("a name is made of a context's", () => {
  expect(suggestedName("arn:aws:eks:eu-west-1:123:cluster/Prod")).toBe(
    "arn-aws-eks-eu-west-1-123-cluster-prod",
  );
  expect(suggestedName("***")).toBe("");
  expect(suggestedName("sandbox")).toBe("");
  expect(nameFault(suggestedName(`${"a".repeat(62)}--b`))).toBeUndefined();
});

test("what the server says of a field stands at it", () => {
  const details = [
    { path: "/credentials/kubeconfig", message: "exec is not allowed" },
    { path: "/name", message: "is taken" },
    { path: "/else", message: "is odd" },
  ];
  expect(faultsIn(new ApiError(400, { error: "No", details }))).toEqual({
    kubeconfig: "exec is not allowed",
    name: "is taken",
  });
  expect(faultsIn(new Error("No"))).toEqual({});
});

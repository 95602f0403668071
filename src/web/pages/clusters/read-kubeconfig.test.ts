import { expect, test } from "vitest";
import { readKubeconfig } from "./read-kubeconfig.ts";

const file = (user: string) => `apiVersion: v1
kind: Config
current-context: prod
clusters:
  - name: eu
    cluster:
      server: https://eu.example:6443
users:
  - name: ada
    user:
${user}
contexts:
  - name: prod
    context:
      cluster: eu
      user: ada
      namespace: shop
  - name: lost
    context:
      cluster: gone
      user: ada
`;

test("contexts are listed with where they lead", () => {
  expect(readKubeconfig(file("      token: abc"))).toEqual({
    contexts: [
      { name: "prod", server: "https://eu.example:6443", user: "ada", namespace: "shop" },
      { name: "lost", server: "", user: "ada", namespace: "" },
    ],
    current: "prod",
    faults: [],
  });
});

test("what is forbidden is named with its line", () => {
  const { faults, contexts } = readKubeconfig(file("      exec:\n        command: aws"));
  expect(faults).toEqual(["exec is not allowed in a kubeconfig (line 11)"]);
  expect(contexts).toHaveLength(2);
});

test("what is not YAML says where it breaks", () => {
  const { faults } = readKubeconfig("clusters: [\nusers: ]: x");
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/\(line \d+\)$/);
});

test.each(["just words", "- a\n- list", "", "contexts: 3"])("%j is no kubeconfig", (text) => {
  expect(readKubeconfig(text)).toMatchObject({ contexts: [], faults: [expect.any(String)] });
});

test("a bomb of aliases is refused and does not go off", () => {
  const bomb = `a: &a [x, x, x]\n${Array.from("bcdefghi", (name, index) => {
    const before = "abcdefgh"[index];
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`;
  }).join("\n")}`;
  expect(readKubeconfig(bomb)).toMatchObject({ contexts: [], faults: [expect.any(String)] });
});

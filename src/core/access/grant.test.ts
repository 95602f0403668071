import { expect, test } from "vitest";
import { demandNamespace, demandRole, type Role, reaches, roles } from "./grant.ts";

const grant = (role: Role, ...namespaces: string[]) => ({ role, namespaces });

test("each role may do what the lesser ones may, and no more", () => {
  for (const [has, role] of roles.entries())
    for (const [needs, needed] of roles.entries()) {
      const ask = () => demandRole(grant(role), needed);
      if (has >= needs) expect(ask()).toBeUndefined();
      else expect(ask).toThrow(needed === "owner" ? "Only the owner" : `needs the role ${needed}`);
    }
});

test("without namespaces a grant reaches all, with some it reaches those and nothing outside of any", () => {
  expect(reaches(grant("viewer"), "shop")).toBe(true);
  expect(reaches(grant("viewer"), "")).toBe(true);
  expect(reaches(grant("admin", "shop"), "shop")).toBe(true);
  expect(() => demandNamespace(grant("admin", "shop"), "till")).toThrow(
    "does not include the namespace till",
  );
  expect(() => demandNamespace(grant("admin", "shop"), "")).toThrow("limited to namespaces");
});

import { expect, test } from "vitest";
import { adopted } from "./adopted.ts";

const node = (type: string, data: Record<string, unknown>) => ({
  id: "a",
  type,
  position: { x: 0, y: 0 },
  data,
});

test("what the cluster has by now becomes a setting, where it is one", () => {
  const web = node("deployment", { name: "web", image: "a:1", replicas: 2 });
  expect(adopted(web, "/spec/template/spec/containers/0/image", "a:2")?.data).toMatchObject({ image: "a:2" });
  expect(adopted(web, "/spec/replicas", 5)?.data).toMatchObject({ replicas: 5, image: "a:1" });
  const settings = node("configmap", { name: "c", data: { A: "1", B: "2" } });
  expect(adopted(settings, "/data/A", "9")?.data).toEqual({ name: "c", data: { A: "9", B: "2" } });
  expect(adopted(settings, "/data/B", undefined)?.data).toEqual({ name: "c", data: { A: "1" } });
});

test("anything else is merged last, but for parts of lists, which cannot be said so", () => {
  const web = node("deployment", { name: "web" });
  expect(adopted(web, "/spec/paused", true)?.data).toEqual({
    name: "web",
    overlay: { spec: { paused: true } },
  });
  expect(adopted(web, "/spec/template/spec/containers/0/tty", true)).toBeUndefined();
});

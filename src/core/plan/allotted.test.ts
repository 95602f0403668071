import { expect, test } from "vitest";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { withoutAllotted } from "./allotted.ts";

const service = (spec: Record<string, unknown>): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "door" },
  spec,
});
const none = service({});

test("numbers a Service would be allotted are no part of what becomes of it", () => {
  const planned = service({
    ...{ type: "NodePort", clusterIP: "10.0.0.9", clusterIPs: ["10.0.0.9"], healthCheckNodePort: 30_001 },
    ports: [{ port: 81, nodePort: 30_555 }],
  });
  expect(withoutAllotted(planned, none, none).spec).toEqual({ type: "NodePort", ports: [{ port: 81 }] });
});

test("numbers that it has, or that were asked for, stay", () => {
  const live = service({ clusterIP: "10.0.0.9", ports: [{ port: 80, nodePort: 30_555 }] });
  const sent = service({ ports: [{ port: 80 }, { port: 81, nodePort: 30_100 }] });
  const ports = [
    { port: 80, nodePort: 30_555 },
    { port: 81, nodePort: 30_100 },
  ];
  const planned = service({ clusterIP: "10.0.0.9", ports });
  expect(withoutAllotted(planned, live, sent)).toEqual(planned);
  const other = { ...planned, kind: "ConfigMap" };
  expect(withoutAllotted(other, none, none)).toBe(other);
});

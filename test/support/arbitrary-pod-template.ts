import fc from "fast-check";

/** One of the right ones, now and then one that is wrong. */
export const mostly = <T>(right: readonly T[], wrong: readonly T[]) =>
  fc.oneof(
    { weight: 14, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
export const name = fc.oneof(
  { weight: 14, arbitrary: fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.constantFrom("Upper", "a_b", "-a", "a.b", "x".repeat(64)) },
);
export const labels = fc.dictionary(
  mostly(["app", "tier", "example.com/part"], ["-bad", "a b"]),
  mostly(["web", "a.b_c", ""], ["no blank", "x".repeat(64)]),
  { maxKeys: 2 },
);
export const port = mostly<unknown>([80, 8080, 65_535], [0, 65_536, -1, "80", "http"]);
export const count = mostly<unknown>([0, 1, 3], [-1, "2", 1.5]);
export const quantity = mostly<unknown>(["100m", "64Mi", "1", 1, "1e3"], ["a lot", "-1", "1GB", ""]);

const container = fc.record(
  {
    name,
    image: mostly(["web:1", "registry.example.com/a/b:c"], ["", " web"]),
    imagePullPolicy: mostly(["Always", "Never"], ["Sometimes"]),
    command: mostly<unknown>([["sh", "-c", "true"]], ["sh"]),
    ports: fc.array(
      fc.record(
        { containerPort: port, name: mostly(["http"], ["too-long-for-a-port", "UP"]) },
        { requiredKeys: ["containerPort"] },
      ),
      { maxLength: 2 },
    ),
    env: fc.array(
      fc.record({
        name: mostly(["A", "a-b"], ["", "A=B"]),
        value: mostly<unknown>(["1", ""], [1, true]),
      }),
      { maxLength: 2 },
    ),
    resources: fc.record(
      { requests: fc.record({ cpu: quantity, memory: quantity }), limits: fc.record({ cpu: quantity }) },
      { requiredKeys: [] },
    ),
    volumeMounts: mostly(
      [[{ name: "files", mountPath: "/files" }]],
      [[{ name: "nothing", mountPath: "/x" }]],
    ),
    readinessProbe: mostly<unknown>(
      [{ httpGet: { path: "/", port: 80 } }],
      [{ tcpSocket: { port: 0 } }, { httpGet: { port: 80 }, exec: { command: ["a"] } }, { periodSeconds: 1 }],
    ),
  },
  { requiredKeys: ["name", "image"] },
);
/** A pod template as the kinds have it. */
export const templateOf = (restartPolicy: fc.Arbitrary<string | undefined>) =>
  fc.record({
    metadata: fc.record({ labels: fc.constantFrom({ app: "web" }, { app: "web", a: "b" }) }),
    spec: fc.record({
      containers: fc.oneof(
        { weight: 8, arbitrary: container.map((one) => [one]) },
        { weight: 1, arbitrary: fc.array(container, { maxLength: 2 }) },
      ),
      volumes: mostly<unknown>(
        [[{ name: "files", emptyDir: {} }]],
        [
          [{ name: "files" }],
          [
            { name: "files", emptyDir: {} },
            { name: "files", emptyDir: {} },
          ],
        ],
      ),
      restartPolicy,
      terminationGracePeriodSeconds: maybe(count),
    }),
  });

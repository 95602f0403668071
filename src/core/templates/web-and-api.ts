import type { Stack } from "../../contract/templates.ts";
import { answering, awaited, card, fromSettings, joined, listening, note, player } from "./stack.ts";

/** Two programs behind one host name, the second of them scaled by what it has to do. */
export const webAndApi: Stack = {
  id: "web-and-api",
  name: "Web and API",
  description:
    "A web page and its API behind one host name, by path. The API has its settings in one place and as many copies as it needs.",
  needs: ["A cluster that measures what pods use, for the autoscaler to act"],
  nodes: [
    card("ingress", "site", [0, 2], {
      ...{ host: "www.example.com", ingressClassName: "nginx" },
      paths: [
        { id: "web", path: "/", pathType: "Prefix" },
        { id: "api", path: "/api", pathType: "Prefix" },
      ],
    }),
    card("service", "web-door", [1, 1], { name: "web", serviceType: "ClusterIP", port: 80 }),
    card("service", "api-door", [1, 3], { name: "api", serviceType: "ClusterIP", port: 80 }),
    card("configmap", "settings", [1, 4], {
      ...{ data: { GREETING: "Hello from the API", LOG_LEVEL: "info" }, mountPath: "/etc/api" },
    }),
    card("hpa", "autoscaler", [1, 2], { minReplicas: 2, maxReplicas: 6, targetCPUUtilization: 70 }),
    card("deployment", "api", [2, 3], {
      ...player,
      ...answering('echo "$GREETING"'),
      ...{ port: 8080, readinessProbe: listening(8080) },
      env: {
        GREETING: fromSettings("settings", "GREETING"),
        LOG_LEVEL: fromSettings("settings", "LOG_LEVEL"),
      },
    }),
    card("deployment", "web", [3, 1], {
      ...player,
      ...answering('wget -qO- "http://api/cgi-bin/index.cgi"'),
      ...{ replicas: 2, port: 8080, readinessProbe: listening(8080) },
    }),
  ],
  edges: [
    joined("site", "web-door", "web"),
    joined("site", "api-door", "api"),
    joined("web-door", "web"),
    joined("api-door", "api"),
    joined("settings", "api"),
    joined("autoscaler", "api"),
    awaited("api", "web", "ready"),
  ],
  canvas: {
    notes: [
      note("paths", [0, 0], 2, "One host name: each path of the ingress leads to a service of its own."),
      note(
        "scale",
        [2, 4],
        2,
        "The autoscaler decides how many copies of the API there are, from two to six.",
      ),
    ],
  },
};

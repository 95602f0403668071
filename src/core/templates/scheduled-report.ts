import type { Stack } from "../../contract/templates.ts";
import { awaited, card, fromSecret, fromSettings, joined, listening, note, player, shell } from "./stack.ts";

/** A program by the clock, what it writes, and where that is read. */
export const scheduledReport: Stack = {
  id: "scheduled-report",
  name: "Scheduled report",
  description:
    "A report that is written every morning, kept on a claim, and read in the browser. A job makes the first one at once.",
  needs: [
    "A key for the source of the figures, which you choose when you deploy",
    "Room for a claim of 1 GiB",
  ],
  nodes: [
    card("secret", "source-key", [0, 1], {
      ...{ secretType: "Opaque", keys: [{ id: "key", name: "SOURCE_KEY" }], mountPath: "/etc/source" },
    }),
    card("configmap", "settings", [0, 2], {
      ...{ data: { TITLE: "Yesterday in figures", TIME_ZONE: "UTC" }, mountPath: "/etc/report" },
    }),
    card("persistentvolumeclaim", "reports", [0, 3], {
      ...{ storage: "1Gi", accessModes: ["ReadWriteOnce"], mountPath: "/reports" },
    }),
    card("cronjob", "every-morning", [1, 1], {
      ...player,
      ...shell('echo "$TITLE, $(date)" > /reports/index.html'),
      ...{ schedule: "0 6 * * *", concurrencyPolicy: "Forbid", restartPolicy: "OnFailure" },
      env: { TITLE: fromSettings("settings", "TITLE"), SOURCE_KEY: fromSecret("source-key", "SOURCE_KEY") },
    }),
    card("job", "first-report", [1, 2], {
      ...player,
      ...shell('echo "$TITLE, $(date)" > /reports/index.html'),
      ...{ backoffLimit: 2, restartPolicy: "Never" },
      env: { TITLE: fromSettings("settings", "TITLE"), SOURCE_KEY: fromSecret("source-key", "SOURCE_KEY") },
    }),
    card("service", "reader-door", [1, 4], { name: "reader", serviceType: "ClusterIP", port: 80 }),
    card("deployment", "reader", [2, 3], {
      ...player,
      ...shell("exec httpd -f -p 8080 -h /reports"),
      ...{ replicas: 1, port: 8080, readinessProbe: listening(8080) },
    }),
  ],
  edges: [
    joined("source-key", "every-morning"),
    joined("settings", "every-morning"),
    joined("reports", "every-morning"),
    joined("reports", "first-report"),
    joined("reports", "reader"),
    awaited("first-report", "reader", "completed"),
    joined("reader-door", "reader"),
  ],
  canvas: {
    notes: [
      note(
        "clock",
        [0, 0],
        2,
        "By the clock: every morning at six the report is written anew, never two at a time.",
      ),
      note("read", [2, 4], 1, "Read in the browser once the first report is there."),
    ],
  },
};

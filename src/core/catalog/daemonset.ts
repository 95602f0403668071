import { Type } from "typebox";
import { name } from "./fields.ts";
import { nodeKind } from "./kind.ts";
import { appLabel, toPodTemplate, workloadSettings } from "./pod-template.ts";

export const daemonset = nodeKind({
  title: "DaemonSet",
  settings: Type.Object({
    name,
    ...workloadSettings,
    updateStrategy: Type.Optional(Type.Enum(["RollingUpdate", "OnDelete"], { title: "Update strategy" })),
    maxUnavailable: Type.Optional(
      Type.Union([
        Type.Integer({ title: "Unavailable at most", minimum: 0 }),
        Type.String({
          title: "Unavailable at most",
          pattern: "^\\d+%?$",
          refusal: "must be a number or a percentage",
        }),
      ]),
    ),
  }),

  make(settings, around) {
    const { template, metadata, beside, faults } = toPodTemplate(settings, around);
    const { updateStrategy: type = "RollingUpdate", maxUnavailable = 1 } = settings;
    const rollingUpdate = { maxUnavailable: asNumber(maxUnavailable) };
    const spec = {
      selector: { matchLabels: appLabel(settings.name) },
      updateStrategy: type === "OnDelete" ? { type } : { type, rollingUpdate },
      template,
    };
    return { objects: [...beside, { apiVersion: "apps/v1", kind: "DaemonSet", metadata, spec }], faults };
  },
});

/** A number that was written as text is a number; a percentage stays text. */
function asNumber(value: number | string): number | string {
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
}

import { Type } from "typebox";
import { readStrategy, readyHints, strategyOf } from "./deployment.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, asPort, name, wholeNumber } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind } from "./kind.ts";
import { appLabel } from "./metadata.ts";
import { workloadSettings } from "./pod-settings.ts";
import { toPodTemplate } from "./pod-template.ts";
import { asMap, given } from "./read-metadata.ts";
import { readWorkload } from "./read-pod.ts";
import { isMap } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

const maxUnavailable = Type.Union(
  [
    Type.Integer({ title: "Unavailable at most", minimum: 0 }),
    Type.String({
      title: "Unavailable at most",
      pattern: "^\\d{1,9}$|^(100|\\d{1,2})%$",
      refusal: "must be a number or a percentage",
    }),
  ],
  { default: 1 },
);

export const daemonset = nodeKind({
  title: kindTitles.daemonset,
  settings: Type.Object(
    hinted(
      {
        name,
        ...workloadSettings,
        updateStrategy: Type.Union(
          [
            Type.Enum(["RollingUpdate", "OnDelete"], { title: "Update strategy" }),
            asKubernetes("Update strategy"),
          ],
          { default: "RollingUpdate" },
        ),
        maxUnavailable,
        minReadySeconds: Type.Optional(wholeNumber("Ready for at least")),
      },
      {
        updateStrategy: { group: "Rollout" },
        maxUnavailable: {
          group: "Rollout",
          description: "How many machines may be without a pod, by number or percentage.",
        },
        minReadySeconds: readyHints,
      },
    ),
  ),
  fitting: { name: "name" },

  read(object, said) {
    const { template, updateStrategy, minReadySeconds } = asMap(object.spec);
    const { type, rollingUpdate } = asMap(updateStrategy);
    const { maxUnavailable, ...more } = asMap(rollingUpdate);
    const isUsual = type === "RollingUpdate" && Object.keys(more).length === 0 && !isMap(said.updateStrategy);
    const strategy = isUsual
      ? { updateStrategy: type, maxUnavailable }
      : { updateStrategy: readStrategy(updateStrategy, said.updateStrategy) };
    return given({ ...readWorkload(object, template, said), ...strategy, minReadySeconds });
  },

  make(settings, around) {
    const { template, metadata, beside, faults } = toPodTemplate(settings, around);
    const { updateStrategy, minReadySeconds } = settings;
    const isUsual = updateStrategy === "RollingUpdate";
    const unavailable = asPort(settings.maxUnavailable);
    const spec = {
      selector: { matchLabels: appLabel(settings.name) },
      updateStrategy: isUsual
        ? { type: updateStrategy, rollingUpdate: { maxUnavailable: unavailable } }
        : strategyOf(updateStrategy),
      ...(minReadySeconds !== undefined && { minReadySeconds }),
      template,
    };
    const objects = [...beside, { apiVersion: "apps/v1", kind: "DaemonSet", metadata, spec }];
    return { objects, faults: [...faults, ...(isUsual ? standstillFaults(unavailable) : [])] };
  },
});

/** No pod may go and none may come beside it: Kubernetes refuses that. */
function standstillFaults(maxUnavailable: number | string): Fault[] {
  if (Number.parseInt(String(maxUnavailable), 10) !== 0) return [];
  const message = "Unavailable at most must be more than 0, or no pod could ever be replaced";
  return [{ path: "/maxUnavailable", code: "out-of-range", message }];
}

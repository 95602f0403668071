import { type Static, Type } from "typebox";
import type { Fault } from "./fault.ts";
import { labelName, wholeNumber } from "./fields.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { workloadSettings } from "./pod-settings.ts";
import { toPodTemplate } from "./pod-template.ts";

const restartPolicy = (usual: "Never" | "OnFailure") =>
  Type.Enum(["Never", "OnFailure"], { title: "Restart policy", default: usual });

/** What a Job is told, whether it runs once or at its times. */
export const jobSettings = (usual: "Never" | "OnFailure") => ({
  ...workloadSettings,
  completions: Type.Optional(wholeNumber("Completions", 1)),
  parallelism: Type.Optional(wholeNumber("Parallelism", 1)),
  completionMode: Type.Optional(Type.Enum(["NonIndexed", "Indexed"], { title: "Completion mode" })),
  backoffLimit: Type.Optional(wholeNumber("Retries")),
  activeDeadlineSeconds: Type.Optional(wholeNumber("Deadline", 1)),
  ttlSecondsAfterFinished: Type.Optional(wholeNumber("Kept after the end")),
  restartPolicy: restartPolicy(usual),
});

const JobSettings = Type.Object({ name: Type.String(), ...jobSettings("Never") });
type JobSettings = Static<typeof JobSettings>;

export const job = nodeKind({
  title: "Job",
  settings: Type.Object({
    // Pods bear the name of their job as a label.
    name: labelName,
    ...jobSettings("Never"),
    suspend: Type.Optional(Type.Boolean({ title: "Suspended" })),
  }),
  fitting: { name: "name" },

  make(settings, around) {
    const { spec, metadata, beside, faults } = toJobSpec(settings, around);
    const { suspend } = settings;
    const whole = { ...spec, ...(suspend !== undefined && { suspend }) };
    const objects = [...beside, { apiVersion: "batch/v1", kind: "Job", metadata, spec: whole }];
    return { objects, faults, warnings: neverStarted(suspend) };
  },
});

function neverStarted(suspend = false): Fault[] {
  if (!suspend) return [];
  const message = "A suspended job does not complete, so that a run waits until somebody resumes it";
  return [{ path: "/suspend", code: "suspended-job", message }];
}

/** Zeros are said too: no retry is not the same as the usual six. */
export function toJobSpec(settings: JobSettings, around: Surroundings) {
  const { completions, parallelism, completionMode, backoffLimit, activeDeadlineSeconds } = settings;
  const { ttlSecondsAfterFinished, restartPolicy } = settings;
  const { template, ...made } = toPodTemplate(settings, around, { podSpec: { restartPolicy } });
  const spec = {
    ...(completions !== undefined && { completions }),
    ...(parallelism !== undefined && { parallelism }),
    ...(completionMode && { completionMode }),
    ...(backoffLimit !== undefined && { backoffLimit }),
    ...(activeDeadlineSeconds !== undefined && { activeDeadlineSeconds }),
    ...(ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished }),
    template,
  };
  return { ...made, spec };
}

import { type Static, Type } from "typebox";
import { name, wholeNumber } from "./fields.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { toPodTemplate, workloadSettings } from "./pod-template.ts";

/** What a Job is told, whether it runs once or at its times. */
export const jobSettings = {
  ...workloadSettings,
  completions: Type.Optional(wholeNumber("Completions", 1)),
  parallelism: Type.Optional(wholeNumber("Parallelism")),
  completionMode: Type.Optional(Type.Enum(["NonIndexed", "Indexed"], { title: "Completion mode" })),
  backoffLimit: Type.Optional(wholeNumber("Retries")),
  activeDeadlineSeconds: Type.Optional(wholeNumber("Deadline", 1)),
  ttlSecondsAfterFinished: Type.Optional(wholeNumber("Kept after the end")),
  restartPolicy: Type.Optional(Type.Enum(["Never", "OnFailure"], { title: "Restart policy" })),
};

const JobSettings = Type.Object({ name, ...jobSettings });
type JobSettings = Static<typeof JobSettings>;

export const job = nodeKind({
  title: "Job",
  settings: Type.Object({
    name,
    ...jobSettings,
    suspend: Type.Optional(Type.Boolean({ title: "Suspended" })),
  }),

  make(settings, around) {
    const { spec, metadata, beside, faults } = toJobSpec(settings, around, "Never");
    const { suspend } = settings;
    const whole = { ...spec, ...(suspend !== undefined && { suspend }) };
    return { objects: [...beside, { apiVersion: "batch/v1", kind: "Job", metadata, spec: whole }], faults };
  },
});

/** Zeros are said too: no retry is not the same as the usual six. */
export function toJobSpec(settings: JobSettings, around: Surroundings, restartPolicy: "Never" | "OnFailure") {
  const { completions, parallelism, completionMode, backoffLimit, activeDeadlineSeconds } = settings;
  const { ttlSecondsAfterFinished } = settings;
  const pod = { restartPolicy: settings.restartPolicy ?? restartPolicy };
  const { template, ...made } = toPodTemplate(settings, around, pod);
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

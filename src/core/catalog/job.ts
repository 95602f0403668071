import { type Static, Type } from "typebox";
import type { KubernetesObject } from "../kubernetes-object.ts";
import type { Fault } from "./fault.ts";
import { labelName, wholeNumber } from "./fields.ts";
import { hinted } from "./hints.ts";
import { nodeKind, type Surroundings } from "./kind.ts";
import { workloadSettings } from "./pod-settings.ts";
import { toPodTemplate } from "./pod-template.ts";
import { asMap, type Said } from "./read-metadata.ts";
import { readWorkload } from "./read-pod.ts";
import { pick } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

const restartPolicy = (usual: "Never" | "OnFailure") =>
  Type.Enum(["Never", "OnFailure"], { title: "Restart policy", default: usual });

/** What a Job is told, whether it runs once or at its times. */
export const jobSettings = (usual: "Never" | "OnFailure") =>
  hinted(
    {
      ...workloadSettings,
      completions: Type.Optional(wholeNumber("Completions", 1)),
      parallelism: Type.Optional(wholeNumber("Parallelism", 1)),
      completionMode: Type.Optional(Type.Enum(["NonIndexed", "Indexed"], { title: "Completion mode" })),
      backoffLimit: Type.Optional(wholeNumber("Retries")),
      activeDeadlineSeconds: Type.Optional(wholeNumber("Deadline", 1)),
      ttlSecondsAfterFinished: Type.Optional(wholeNumber("Kept after the end")),
      restartPolicy: restartPolicy(usual),
    },
    {
      completions: { group: "Job", description: "How many pods have to end well." },
      parallelism: { group: "Job", description: "How many pods run at once." },
      completionMode: { group: "Job", description: "Indexed gives each pod a number of its own." },
      backoffLimit: { group: "Job", description: "How often it is tried again; six times without a number." },
      activeDeadlineSeconds: {
        group: "Job",
        unit: "s",
        description: "After that it is ended and has failed.",
      },
      ttlSecondsAfterFinished: {
        group: "Job",
        unit: "s",
        description: "How long the object stays after the end.",
      },
      restartPolicy: { group: "Job", description: "OnFailure starts the container again in the same pod." },
    },
  );

const JobSettings = Type.Object({ name: Type.String(), ...jobSettings("Never") });
type JobSettings = Static<typeof JobSettings>;

export const job = nodeKind({
  title: kindTitles.job,
  settings: Type.Object(
    hinted(
      {
        // Pods bear the name of their job as a label.
        name: labelName,
        ...jobSettings("Never"),
        suspend: Type.Optional(Type.Boolean({ title: "Suspended" })),
      },
      { suspend: { group: "Job", description: "Nothing starts until it is resumed." } },
    ),
  ),
  fitting: { name: "name" },

  read(object, said) {
    const spec = asMap(object.spec);
    return { ...readJob(object, spec, said), ...pick(spec, ["suspend"]) };
  },

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

/** What a Job's spec says as settings. */
export function readJob(object: KubernetesObject, spec: Said, said: Said): Record<string, unknown> {
  const { restartPolicy } = asMap(asMap(spec.template).spec);
  const own = ["completions", "parallelism", "completionMode", "backoffLimit", "activeDeadlineSeconds"];
  return {
    ...readWorkload(object, spec.template, said),
    ...pick({ ...spec, restartPolicy }, [...own, "ttlSecondsAfterFinished", "restartPolicy"]),
  };
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

import { Type } from "typebox";
import { isCron } from "./cron.ts";
import { name as subdomain, wholeNumber } from "./fields.ts";
import { hinted } from "./hints.ts";
import { jobSettings, readJob, toJobSpec } from "./job.ts";
import { nodeKind } from "./kind.ts";
import { asMap } from "./read-metadata.ts";
import { pick } from "./text-values.ts";
import { kindTitles } from "./titles.ts";

/** A CronJob's name leaves room for the time that is put behind it. */
const name = Type.String({
  ...subdomain,
  maxLength: 52,
  refusal: "may hold lower case letters, digits, dashes and dots, 52 at most",
});

export const cronjob = nodeKind({
  title: kindTitles.cronjob,
  settings: Type.Object(
    hinted(
      {
        name,
        ...jobSettings("OnFailure"),
        schedule: Type.String({ title: "Schedule" }),
        timeZone: Type.Optional(Type.String({ title: "Time zone" })),
        concurrencyPolicy: Type.Optional(
          Type.Enum(["Allow", "Forbid", "Replace"], { title: "When one still runs" }),
        ),
        suspend: Type.Optional(Type.Boolean({ title: "Suspended" })),
        successfulJobsHistoryLimit: Type.Optional(wholeNumber("Successful jobs kept")),
        failedJobsHistoryLimit: Type.Optional(wholeNumber("Failed jobs kept")),
        startingDeadlineSeconds: Type.Optional(wholeNumber("May start late by")),
      },
      {
        schedule: {
          order: 15,
          widget: "cron",
          description: "Minute, hour, day, month and weekday.",
          examples: ["*/15 * * * *"],
        },
        timeZone: {
          order: 16,
          description: "The cluster's own, usually UTC, without one.",
          examples: ["Europe/Rome"],
        },
        concurrencyPolicy: {
          group: "Schedule",
          description: "Allow both, forbid the new one, or replace the old one.",
        },
        suspend: { group: "Schedule", description: "Nothing starts until it is resumed." },
        successfulJobsHistoryLimit: { group: "Schedule" },
        failedJobsHistoryLimit: { group: "Schedule" },
        startingDeadlineSeconds: {
          group: "Schedule",
          unit: "s",
          description: "Later than that, a start is left out.",
        },
      },
    ),
  ),
  fitting: { name: "name", schedule: "@daily" },

  read(object, said) {
    const spec = asMap(object.spec);
    const own = ["schedule", "timeZone", "concurrencyPolicy", "suspend", "startingDeadlineSeconds"];
    const kept = ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"];
    const jobSpec = asMap(asMap(spec.jobTemplate).spec);
    return { ...readJob(object, jobSpec, said), ...pick(spec, [...own, ...kept]) };
  },

  make(settings, around) {
    const { spec, metadata, beside, faults } = toJobSpec(settings, around);
    const { timeZone, concurrencyPolicy, suspend, startingDeadlineSeconds } = settings;
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = settings;
    const schedule = settings.schedule.trim();
    const cron = {
      schedule,
      ...(timeZone && { timeZone }),
      ...(concurrencyPolicy && { concurrencyPolicy }),
      ...(suspend !== undefined && { suspend }),
      ...(successfulJobsHistoryLimit !== undefined && { successfulJobsHistoryLimit }),
      ...(failedJobsHistoryLimit !== undefined && { failedJobsHistoryLimit }),
      ...(startingDeadlineSeconds !== undefined && { startingDeadlineSeconds }),
      jobTemplate: { spec },
    };
    if (!isCron(schedule)) {
      const message =
        "Schedule must have five fields (minute, hour, day, month, weekday) or be a macro such as @hourly";
      faults.push({ path: "/schedule", code: "wrong-form", message });
    }
    const object = { apiVersion: "batch/v1", kind: "CronJob", metadata, spec: cron };
    return { objects: [...beside, object], faults };
  },
});

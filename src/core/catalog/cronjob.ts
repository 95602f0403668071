import { Type } from "typebox";
import { isCron } from "./cron.ts";
import { name as subdomain, wholeNumber } from "./fields.ts";
import { jobSettings, toJobSpec } from "./job.ts";
import { nodeKind } from "./kind.ts";

/** A CronJob's name leaves room for the time that is put behind it. */
const name = Type.String({
  ...subdomain,
  maxLength: 52,
  refusal: "may hold lower case letters, digits, dashes and dots, 52 at most",
});

export const cronjob = nodeKind({
  title: "CronJob",
  settings: Type.Object({
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
  }),
  fitting: { name: "name", schedule: "@daily" },

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

import { type Static, Type } from "typebox";
import { containerSettings, toContainer } from "./container.ts";
import type { Fault } from "./fault.ts";
import { asKubernetes, image, labelName, listOf } from "./fields.ts";
import { hinted } from "./hints.ts";
import type { Surroundings } from "./kind.ts";
import { type Keys, pointer } from "./text-values.ts";
import { volumeMount } from "./volume-mount.ts";

/** A further container, or one that runs before: Kubernetes' own form, or ours. */
export const sideContainer = Type.Object(
  hinted(
    {
      ...containerSettings,
      name: labelName,
      image,
      securityContext: Type.Optional(asKubernetes("Security context")),
      restartPolicy: Type.Optional(Type.Enum(["Always"], { title: "Restart policy" })),
      volumeMounts: Type.Optional(listOf("Volume mounts", volumeMount)),
    },
    {
      name: { order: 1 },
      image: { order: 10, widget: "image", description: "What runs, with its tag or digest." },
      volumeMounts: { group: "Storage" },
      securityContext: { group: "Security" },
      restartPolicy: {
        group: "Container",
        description: "Always lets an init container run beside the others.",
      },
    },
  ),
  { title: "Container" },
);
export type SideContainer = Static<typeof sideContainer>;

/** What else of Kubernetes' own a container may say. */
const passed = [
  "securityContext",
  "restartPolicy",
  "volumeDevices",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "stdin",
  "stdinOnce",
  "tty",
  "resizePolicy",
] as const;

export function toSideContainer(settings: SideContainer, at: Keys, around: Pick<Surroundings, "nodeById">) {
  const { container, faults } = toContainer(settings.name, settings, at, around);
  const own = Object.entries(settings).filter(([key]) => (passed as readonly string[]).includes(key));
  return {
    container: { ...container, ...Object.fromEntries(own) },
    faults: [...faults, ...(at[0] === "initContainers" ? initFaults(settings, at) : [])],
  };
}

/** What ends before the others begin is never asked how it does, unless it stays beside them. */
function initFaults(settings: SideContainer, at: Keys): Fault[] {
  if (settings.restartPolicy === "Always") return [];
  return (["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"] as const)
    .filter((key) => settings[key] !== undefined && Object.keys(settings[key]).length > 0)
    .map((key) => {
      const message = "An init container has no probes or lifecycle, unless it restarts always";
      return { path: pointer(...at, key), code: "init-probe", message };
    });
}

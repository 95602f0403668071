import { type JsonMap, list, type Obj, text } from "../objects.ts";
import { now, type System } from "../system.ts";

const startMs = 400;

/** Containers that were added for debugging run a moment later. */
export function startDebugContainers(system: System, pod: Obj): void {
  const key = `debug ${pod.metadata.uid}`;
  if (unstarted(pod).length === 0 || system.busy.has(key)) return;
  system.busy.add(key);
  system.after(startMs, () => {
    system.busy.delete(key);
    const tell = (draft: Obj) => {
      const started = unstarted(draft).map(toStatus);
      const statuses = [...list(draft.status?.ephemeralContainerStatuses), ...started];
      draft.status = { ...draft.status, ephemeralContainerStatuses: statuses };
    };
    system.change(pod, tell, "status", "kubelet");
  });
}

function unstarted({ spec, status }: Obj): JsonMap[] {
  const told = list(status?.ephemeralContainerStatuses);
  return list(spec?.ephemeralContainers).filter(({ name }) => told.every((each) => each.name !== name));
}

function toStatus({ name, image }: JsonMap): JsonMap {
  const state = { running: { startedAt: now() } };
  return {
    ...{ name: text(name), state, lastState: {}, ready: false, restartCount: 0, image: text(image) },
    ...{ imageID: `${text(image)}@sha256:simulated`, containerID: `simulated://${text(name)}` },
  };
}

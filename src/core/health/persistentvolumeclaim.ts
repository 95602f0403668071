import type { KubernetesObject } from "../kubernetes-object.ts";
import { eventAbout } from "./events.ts";
import { type Around, failed, type Health, isTrue, oneLine, ready, type Told, waiting } from "./health.ts";

interface ClaimSpec {
  storageClassName?: string;
  volumeName?: string;
}

interface ClaimStatus {
  phase?: string;
  capacity?: { storage?: string };
}

const provisionSeconds = 20;
const selectedNode = "volume.kubernetes.io/selected-node";

export function claimHealth(object: KubernetesObject, around: Around): Health {
  const { volumeName } = (object.spec ?? {}) as ClaimSpec;
  const { phase, capacity } = (object.status ?? {}) as ClaimStatus;
  const size = capacity?.storage;
  const told = { ...(volumeName && { volumeName }), ...(size && { capacity: size }) };

  if (phase === "Bound") {
    const message = `Bound${size ? `, ${size}` : ""}`;
    const isGrowing = isTrue(object, "Resizing") || isTrue(object, "FileSystemResizePending");
    return ready("Bound", isGrowing ? `${message}, being resized` : message, told);
  }
  if (phase === "Lost")
    return failed("Lost", { reason: "Lost", message: "Its volume is gone", permanent: true }, told);
  return unbound(object, around, told);
}

function unbound(object: KubernetesObject, around: Around, told: Told): Health {
  const { storageClassName: name } = (object.spec ?? {}) as ClaimSpec;
  const trouble = eventAbout(object, around.events, ["ProvisioningFailed", "FailedBinding"]);
  // A claim of no class may be served by a volume made by hand; that there is none now is said as an event.
  if (trouble && !isForConsumer(trouble.message)) {
    const message = oneLine(trouble.message, trouble.reason);
    return failed("Pending", { reason: trouble.reason, message, settleSeconds: provisionSeconds }, told);
  }
  const isPlaced = object.metadata.annotations?.[selectedNode] !== undefined;
  if (!isPlaced && waitsForConsumer(object, around, name))
    return ready("Pending", "Waiting for its first consumer", told);
  return waiting("Pending", whyUnbound(name, around), told);
}

function whyUnbound(name: string | undefined, { storageClasses }: Around): string {
  if (!name) return "Waiting for a volume made by hand, since it has no storage class";
  const isUnknown =
    storageClasses.length > 0 && !storageClasses.some(({ metadata }) => metadata.name === name);
  return isUnknown ? `Waiting for a volume: there is no storage class ${name}` : "Waiting for a volume";
}

const isForConsumer = (message: string) => /first consumer/i.test(message);

function waitsForConsumer(object: KubernetesObject, around: Around, name: string | undefined): boolean {
  const found = around.storageClasses.find(({ metadata }) => metadata.name === name);
  const { volumeBindingMode } = (found ?? {}) as { volumeBindingMode?: string };
  if (found) return volumeBindingMode === "WaitForFirstConsumer";
  return eventAbout(object, around.events, ["WaitForFirstConsumer", "WaitForPodScheduled"]) !== undefined;
}

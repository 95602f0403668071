/** Why something failed: in words, and what it is about in the drawing. */
export interface Cause {
  words: string;
  /** The setting of the node that it comes from, as far as that is known. */
  field?: string;
}

/** Reads Kubernetes' own word, and what came with it, as a sentence. */
export function causeOf(reason: string | undefined, message = ""): Cause {
  for (const [names, read] of causes) if (reason !== undefined && names.has(reason)) return read(message);
  return { words: firstLine(message) || reason || "It failed, and nothing was said about why." };
}

type Read = (message: string) => Cause;

const causes: readonly (readonly [ReadonlySet<string>, Read])[] = [
  [new Set(["ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull"]), image],
  [
    new Set(["InvalidImageName"]),
    () => ({ words: "The image has a name that no image can have.", field: "image" }),
  ],
  [new Set(["CrashLoopBackOff", "Error", "ContainerCannotRun", "RunContainerError"]), crash],
  [new Set(["OOMKilled"]), memory],
  [new Set(["CreateContainerConfigError", "CreateContainerError"]), configuration],
  [
    new Set(["Unschedulable"]),
    (message) => ({ words: `No node of the cluster has room for it: ${firstLine(message)}` }),
  ],
  [
    new Set(["FailedMount", "FailedAttachVolume"]),
    (message) => ({ words: `A volume could not be mounted: ${firstLine(message)}` }),
  ],
  [
    new Set(["ProgressDeadlineExceeded"]),
    () => ({ words: "Its pods did not become ready in the time that the rollout has." }),
  ],
  [new Set(["BackoffLimitExceeded"]), () => ({ words: "The job failed as often as it may." })],
  [new Set(["DeadlineExceeded"]), () => ({ words: "The job did not complete in the time that it has." })],
];

function image(message: string): Cause {
  const [, name = ""] = /image "([^"]+)"/.exec(message) ?? /reference "([^"]+)"/.exec(message) ?? [];
  const { tag, rest } = parted(name);
  const what = tag ? `tag ${tag} of ${rest}` : rest || "this image";
  if (/not found|manifest unknown|NotFound/i.test(message))
    return { words: `The registry has no ${what}.`, field: "image" };
  if (/no such host|connection refused|timeout|timed out/i.test(message))
    return { words: `The registry of ${rest || "this image"} cannot be reached.`, field: "image" };
  if (/denied|unauthorized|forbidden|authentication/i.test(message))
    return { words: `The registry does not let the cluster have ${rest || "this image"}.`, field: "image" };
  return { words: `The cluster could not get ${what}.`, field: "image" };
}

function parted(name: string): { rest: string; tag: string } {
  const colon = name.lastIndexOf(":");
  if (colon <= name.lastIndexOf("/")) return { rest: name, tag: "" };
  return { rest: name.slice(0, colon), tag: name.slice(colon + 1) };
}

function crash(message: string): Cause {
  if (/OOMKilled|137/.test(message)) return memory();
  const [, code] = /exit code (\d+)/.exec(message) ?? [];
  return {
    words: code
      ? `The container ends with exit code ${code}, again and again.`
      : "The container ends again and again.",
  };
}

function memory(): Cause {
  return { words: "The container needs more memory than its limit, and was ended.", field: "resources" };
}

function configuration(message: string): Cause {
  const [, kind, name] = /(secret|configmap) "([^"]+)" not found/i.exec(message) ?? [];
  if (kind && name)
    return {
      words: `It asks for the ${kind.toLowerCase() === "secret" ? "Secret" : "ConfigMap"} ${name}, which is not there.`,
    };
  return { words: `The container could not be made: ${firstLine(message)}` };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]?.trim() ?? "";
}

import { at, type JsonMap, list, type Obj, text } from "../objects.ts";

const failAnnotation = "sandbox.orrery.dev/fail";
const exitAnnotation = "sandbox.orrery.dev/exit-code";
const jobAnnotation = "sandbox.orrery.dev/job";

const annotation = ({ metadata }: Obj, name: string): string | undefined => metadata.annotations?.[name];

/** What the pod is told to fail with. */
export const failureOf = (pod: Obj): string | undefined => annotation(pod, failAnnotation);

/** Whether it runs and is never ready: told so, or asked by a probe whose program can do nothing but fail. */
export function isNeverReady(pod: Obj): boolean {
  const command = ({ readinessProbe }: JsonMap) => at(readinessProbe, "exec", "command", 0);
  const isFutile = list(pod.spec?.containers).some((container) =>
    /^(\/bin\/)?false$/.test(text(command(container))),
  );
  return isFutile || failureOf(pod) === "never-ready";
}

/** The code its containers end with: a task's at its end, a crashing one's at each crash. */
export function exitCodeOf(pod: Obj): number {
  const given = Number(annotation(pod, exitAnnotation) ?? "");
  const failure = failureOf(pod);
  if (failure === "oom") return 137;
  if (given > 0) return given;
  return failure === "crash" || failure === "job" || annotation(pod, jobAnnotation) === "fail" ? 1 : 0;
}

/** A tag or a registry that says itself that it does not exist. */
const saysSo = /[:/](does-not-exist|nope)\b/;
const isUnknown = (image: string) => saysSo.test(image) || /^[^/]*\.invalid(:\d+)?\//.test(image);

/** Whether the image of a container cannot be had: plain from its name, or told so for the first one. */
export function isUnpullable(pod: Obj, container: JsonMap, index: number): boolean {
  return isUnknown(text(container.image)) || (failureOf(pod) === "bad-image" && index === 0);
}

export const unpullableInit = (pod: Obj): JsonMap | undefined =>
  list(pod.spec?.initContainers).find(({ image }) => isUnknown(text(image)));

/** Why an image could not be pulled, in the words of a container runtime. */
export function pullError(image: string): string {
  const [host = ""] = image.split("/");
  const isUnknownHost = /\.invalid(:\d+)?$/.test(host) && !saysSo.test(image);
  const name = isUnknownHost ? image : qualified(image);
  const why = isUnknownHost
    ? `failed to do request: Head "https://${host}/v2/": dial tcp: lookup ${host.split(":")[0]}: no such host`
    : `${name}: not found`;
  const wrapped = `failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${why}`;
  return isUnknownHost ? wrapped : `rpc error: code = NotFound desc = ${wrapped}`;
}

/** Short names are of the usual registry. */
function qualified(image: string): string {
  const [first = ""] = image.split("/");
  if (/[.:]/.test(first) && image.includes("/")) return image;
  return `docker.io/${image.includes("/") ? image : `library/${image}`}`;
}

/** Kubernetes has two security contexts; some fields exist in only one of them. */
const containerOnly = new Set([
  "privileged",
  "capabilities",
  "allowPrivilegeEscalation",
  "readOnlyRootFilesystem",
  "procMount",
]);

/** Our one security context, parted into that of the pod and that of the main container. */
export function splitSecurityContext(given: Readonly<Record<string, unknown>> | undefined) {
  const entries = Object.entries(given ?? {}).map(([key, value]): [string, unknown] =>
    key === "capabilities" && Array.isArray(value) ? [key, { add: value }] : [key, value],
  );
  const part = (isContainers: boolean) => {
    const own = entries.filter(([key]) => containerOnly.has(key) === isContainers);
    return own.length > 0 ? Object.fromEntries(own) : undefined;
  };
  return { ofPod: part(false), ofContainer: part(true) };
}

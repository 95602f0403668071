import { isMap } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";

/** Another object of the same namespace that one cannot work without. */
export interface Reference {
  kind: string;
  name: string;
}

/** What an object needs there to be: what its pods mount and read, and what it points at. */
export function referencesOf({ kind, spec = {} }: KubernetesObject): Reference[] {
  const pod = podOf(kind, spec);
  if (pod) return podReferences(pod);
  if (kind === "HorizontalPodAutoscaler") {
    const target = at(spec, "scaleTargetRef");
    return reference(String(at(target, "kind")), at(target, "name"));
  }
  return kind === "Ingress" ? ingressReferences(spec) : [];
}

/** The ConfigMaps and Secrets that end up inside an object's pods, in files or in the environment. */
export function configurationOf({ kind, spec = {} }: KubernetesObject): Reference[] {
  return readByPod(podOf(kind, spec)).filter((each) => each.kind === "ConfigMap" || each.kind === "Secret");
}

function podOf(kind: string, spec: unknown): unknown {
  if (kind === "Pod") return spec;
  return at(kind === "CronJob" ? at(spec, "jobTemplate", "spec") : spec, "template", "spec");
}

function podReferences(pod: unknown): Reference[] {
  return [
    ...readByPod(pod),
    ...listAt(pod, "imagePullSecrets").flatMap((each) => reference("Secret", at(each, "name"))),
    ...reference("ServiceAccount", at(pod, "serviceAccountName")),
  ];
}

function readByPod(pod: unknown): Reference[] {
  const containers = [...listAt(pod, "containers"), ...listAt(pod, "initContainers")];
  return [...listAt(pod, "volumes").flatMap(volumeReferences), ...containers.flatMap(containerReferences)];
}

function volumeReferences(volume: unknown): Reference[] {
  return [
    ...reference("ConfigMap", at(volume, "configMap", "name")),
    ...reference("Secret", at(volume, "secret", "secretName")),
    ...reference("PersistentVolumeClaim", at(volume, "persistentVolumeClaim", "claimName")),
    ...listAt(at(volume, "projected"), "sources").flatMap((source) => [
      ...reference("ConfigMap", at(source, "configMap", "name")),
      ...reference("Secret", at(source, "secret", "name")),
    ]),
  ];
}

function containerReferences(container: unknown): Reference[] {
  return [
    ...listAt(container, "env").flatMap((variable) => [
      ...reference("ConfigMap", at(variable, "valueFrom", "configMapKeyRef", "name")),
      ...reference("Secret", at(variable, "valueFrom", "secretKeyRef", "name")),
    ]),
    ...listAt(container, "envFrom").flatMap((source) => [
      ...reference("ConfigMap", at(source, "configMapRef", "name")),
      ...reference("Secret", at(source, "secretRef", "name")),
    ]),
  ];
}

function ingressReferences(spec: unknown): Reference[] {
  const paths = listAt(spec, "rules").flatMap((rule) => listAt(at(rule, "http"), "paths"));
  const backends = [...paths.map((path) => at(path, "backend")), at(spec, "defaultBackend")];
  return [
    ...backends.flatMap((backend) => reference("Service", at(backend, "service", "name"))),
    ...listAt(spec, "tls").flatMap((tls) => reference("Secret", at(tls, "secretName"))),
  ];
}

function reference(kind: string, name: unknown): Reference[] {
  return typeof name === "string" && name !== "" ? [{ kind, name }] : [];
}

/** Objects may be anybody's words, overlays and manifests among them, so that nothing is taken for granted. */
function at(value: unknown, ...keys: string[]): unknown {
  let found = value;
  for (const key of keys) found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

function listAt(value: unknown, key: string): unknown[] {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
}

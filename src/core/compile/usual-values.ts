import { serverOwned } from "../catalog/object.ts";
import { asMap, asMaps } from "../catalog/read-metadata.ts";
import { isMap, toTexts } from "../catalog/text-values.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { protectedPlaces, valueAt } from "./protected-places.ts";

type Values = Record<string, unknown>;

/** A wanted object with what goes without saying: what Kubernetes fills in itself, and what makes the object ours. */
export function withUsualValues(wanted: KubernetesObject, made: KubernetesObject): KubernetesObject {
  const usual: Values = { ...usualOf(withoutNulls(wanted) as Values) };
  const optional = usualPlaces.get(made.kind) ?? [];
  for (const { place, value } of optional)
    if (valueAt(usual, place) === undefined && JSON.stringify(valueAt(made, place)) === JSON.stringify(value))
      setAt(usual, place, value);
  for (const place of protectedPlaces(made)) {
    const value = valueAt(made, place);
    if (value !== undefined && valueAt(usual, place) === undefined) setAt(usual, place, value);
  }
  return usual as unknown as KubernetesObject;
}

interface Usual {
  place: readonly string[];
  value: unknown;
}

const one: Usual = { place: ["spec", "replicas"], value: 1 };
const usualPlaces = new Map<string, Usual[]>([
  ["Deployment", [one]],
  ["StatefulSet", [one]],
  [
    "DaemonSet",
    [
      {
        place: ["spec", "updateStrategy"],
        value: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
      },
    ],
  ],
  ["Service", [{ place: ["spec", "type"], value: "ClusterIP" }]],
  ["ConfigMap", [{ place: ["data"], value: {} }]],
  [
    "Secret",
    [
      { place: ["data"], value: {} },
      { place: ["type"], value: "Opaque" },
    ],
  ],
  [
    "HorizontalPodAutoscaler",
    [
      { place: ["spec", "minReplicas"], value: 1 },
      {
        place: ["spec", "metrics"],
        value: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
          },
        ],
      },
    ],
  ],
  [
    "NetworkPolicy",
    [
      { place: ["spec", "policyTypes"], value: ["Ingress"] },
      { place: ["spec", "policyTypes"], value: ["Ingress", "Egress"] },
    ],
  ],
]);

function setAt(whole: Values, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) whole[key] = value;
  else {
    const inner = { ...asMap(whole[key]) };
    whole[key] = inner;
    setAt(inner, rest, value);
  }
}

/** To Kubernetes a null is nothing at all. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  const said = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(said.map(([key, each]) => [key, withoutNulls(each)]));
}

/** Everywhere: the protocol of a port, and amounts as texts. What a cluster says of an object asks for nothing. */
function usualOf({ status: _, stringData, ...whole }: Values): Values {
  const metadata = Object.entries(asMap(whole.metadata)).filter(([key]) => !serverOwned.includes(key));
  const object: Values = { ...whole, metadata: Object.fromEntries(metadata) };
  if (object.kind === "Secret" && isMap(stringData))
    return { ...object, data: { ...asMap(object.data), ...stringData } };
  return { ...object, ...("spec" in object && { spec: usualSpec(String(object.kind), asMap(object.spec)) }) };
}

function usualSpec(kind: string, spec: Values): Values {
  if (kind === "Service") return { ...spec, ...portsOf(spec, (port) => ({ targetPort: port.port })) };
  if (kind === "NetworkPolicy") {
    const rules = (side: string) => ({
      [side]: asMaps(spec[side]).map((rule) => ({ ...rule, ...portsOf(rule) })),
    });
    return {
      ...spec,
      ...(spec.ingress !== undefined && rules("ingress")),
      ...(spec.egress !== undefined && rules("egress")),
    };
  }
  if (isMap(spec.jobTemplate))
    return {
      ...spec,
      jobTemplate: { ...spec.jobTemplate, spec: usualSpec("Job", asMap(spec.jobTemplate.spec)) },
    };
  if (!isMap(spec.template)) return amountsOf(spec);
  const pod = asMap(spec.template.spec);
  const containers = ["containers", "initContainers"].flatMap((key) =>
    pod[key] === undefined ? [] : [[key, asMaps(pod[key]).map(usualContainer)]],
  );
  const claims = asMaps(spec.volumeClaimTemplates).map((claim) => ({
    ...claim,
    spec: amountsOf(asMap(claim.spec)),
  }));
  return {
    ...spec,
    template: { ...spec.template, spec: { ...pod, ...Object.fromEntries(containers) } },
    ...(claims.length > 0 && { volumeClaimTemplates: claims }),
  };
}

function usualContainer(container: Values): Values {
  const env = asMaps(container.env).map((each) => ("valueFrom" in each ? each : { value: "", ...each }));
  return {
    ...amountsOf(container),
    ...portsOf(container),
    ...(container.env !== undefined && { env }),
  };
}

function portsOf(holder: Values, more: (port: Values) => Values = () => ({})): Values {
  if (holder.ports === undefined) return {};
  return { ports: asMaps(holder.ports).map((port) => ({ protocol: "TCP", ...more(port), ...port })) };
}

function amountsOf(holder: Values): Values {
  if (!isMap(holder.resources)) return holder;
  const texts = Object.entries(holder.resources).map(([key, value]) => [
    key,
    isMap(value) ? toTexts(value) : value,
  ]);
  return { ...holder, resources: Object.fromEntries(texts) };
}

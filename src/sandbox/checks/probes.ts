import { isMap, type JsonMap, map, number, text } from "../objects.ts";
import type { Cause } from "../status.ts";
import { forbiddenValue, invalidValue, negative, required } from "./faults.ts";
import { portFaults, portOrNameFaults } from "./names.ts";

const numbers = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
];

export function probeFaults(container: JsonMap, where: string): Cause[] {
  return ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((kind) => {
    const probe = container[kind];
    if (!isMap(probe)) return [];
    const at = `${where}.${kind}`;
    return [
      ...handlerFaults(probe, at),
      ...numbers.flatMap((field) => negative(`${at}.${field}`, probe[field])),
      ...(kind !== "readinessProbe" && number(probe.successThreshold, 1) > 1
        ? [invalidValue(`${at}.successThreshold`, probe.successThreshold, "must be 1")]
        : []),
    ];
  });
}

/** What a probe does: one thing. */
function handlerFaults(probe: JsonMap, where: string): Cause[] {
  const given = ["exec", "httpGet", "tcpSocket", "grpc"].filter((handler) => isMap(probe[handler]));
  const [first, ...more] = given;
  if (!first) return [required(where, "must specify a handler type")];
  return [
    ...more.map((handler) =>
      forbiddenValue(`${where}.${handler}`, "may not specify more than 1 handler type"),
    ),
    ...oneHandlerFaults(first, map(probe[first]), `${where}.${first}`),
  ];
}

function oneHandlerFaults(handler: string, given: JsonMap, where: string): Cause[] {
  if (handler === "exec")
    return Array.isArray(given.command) && given.command.length > 0 ? [] : [required(`${where}.command`)];
  if (handler === "grpc") return portFaults(`${where}.port`, given.port);
  const path = handler === "httpGet" && !text(given.path, "/") ? [required(`${where}.path`)] : [];
  return [...path, ...portOrNameFaults(`${where}.port`, given.port)];
}

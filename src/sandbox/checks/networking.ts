import { BlockList, isIP } from "node:net";
import { isMap, type Json, type JsonMap, list, map, text } from "../objects.ts";
import type { Cause } from "../status.ts";
import { forbiddenValue, invalidValue, notSupported, oneOf, required } from "./faults.ts";
import { dnsSubdomain, portOrNameFaults, ruleFaults } from "./names.ts";

export function ingressFaults(spec: JsonMap): Cause[] {
  const rules = list(spec.rules);
  const hasDefault = isMap(spec.defaultBackend);
  if (rules.length === 0 && !hasDefault)
    return [invalidValue("spec", null, "either `defaultBackend` or `rules` must be specified")];
  return [
    ...rules.flatMap((rule, index) => ruleOfIngressFaults(rule, `spec.rules[${index}]`)),
    ...(hasDefault ? backendFaults(map(spec.defaultBackend), "spec.defaultBackend") : []),
  ];
}

function ruleOfIngressFaults(rule: JsonMap, where: string): Cause[] {
  const paths = list(map(rule.http).paths);
  const missing = isMap(rule.http) && paths.length === 0 ? [required(`${where}.http.paths`)] : [];
  return [
    ...hostFaults(text(rule.host), `${where}.host`),
    ...missing,
    ...paths.flatMap((path, index) => pathFaults(path, `${where}.http.paths[${index}]`)),
  ];
}

function hostFaults(host: string, field: string): Cause[] {
  if (!host) return [];
  if (isIP(host)) return [invalidValue(field, host, "must be a DNS name, not an IP address")];
  return host.startsWith("*.")
    ? ruleFaults(field, host.slice(2), dnsSubdomain)
    : ruleFaults(field, host, dnsSubdomain);
}

const pathTypes = ["Exact", "ImplementationSpecific", "Prefix"];

function pathFaults(path: JsonMap, where: string): Cause[] {
  const given = text(path.path);
  const type = path.pathType;
  if (type === undefined) return [required(`${where}.pathType`, "pathType must be specified")];
  const faults = oneOf(`${where}.pathType`, type, pathTypes);
  const isExact = type === "Exact" || type === "Prefix";
  if ((isExact || (given && faults.length === 0)) && !given.startsWith("/"))
    faults.push(invalidValue(`${where}.path`, given, "must be an absolute path"));
  for (const part of ["//", "/./", "/../", "%2f", "%2F"])
    if (isExact && given.includes(part))
      faults.push(invalidValue(`${where}.path`, given, `must not contain '${part}'`));
  return [...faults, ...backendFaults(map(path.backend), `${where}.backend`)];
}

function backendFaults(backend: JsonMap, where: string): Cause[] {
  const [hasService, hasResource] = [isMap(backend.service), isMap(backend.resource)];
  if (hasService && hasResource)
    return [invalidValue(where, "", "cannot set both resource and service backends")];
  if (hasResource) return [];
  if (!hasService) return [invalidValue(where, "", "resource or service backend is required")];
  const { name, port } = map(backend.service);
  const { number, name: portName } = map(port);
  if (!text(name)) return [required(`${where}.service.name`)];
  if (number === undefined && !text(portName)) return [required(where, "port name or number is required")];
  if (number !== undefined && text(portName))
    return [invalidValue(where, "", "cannot set both port name & port number")];
  return portOrNameFaults(
    `${where}.service.port.${number === undefined ? "name" : "number"}`,
    number ?? portName,
  );
}

export function networkPolicyFaults(spec: JsonMap): Cause[] {
  const directions = [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const;
  const rules = directions.flatMap(([direction, side]) =>
    list(spec[direction]).flatMap((rule, index) =>
      policyRuleFaults(rule, side, `spec.${direction}[${index}]`),
    ),
  );
  const types = Array.isArray(spec.policyTypes) ? spec.policyTypes : [];
  return [
    ...rules,
    ...types.flatMap((type, index) =>
      type === "Ingress" || type === "Egress"
        ? []
        : [notSupported(`spec.policyTypes[${index}]`, type, ["Ingress", "Egress"])],
    ),
  ];
}

function policyRuleFaults(rule: JsonMap, side: "from" | "to", where: string): Cause[] {
  return [
    ...list(rule.ports).flatMap(({ port, protocol }, index) => [
      ...oneOf(`${where}.ports[${index}].protocol`, protocol, ["TCP", "UDP", "SCTP"]),
      ...(port === undefined ? [] : portOrNameFaults(`${where}.ports[${index}].port`, port)),
    ]),
    ...list(rule[side]).flatMap((peer, index) => peerFaults(peer, `${where}.${side}[${index}]`)),
  ];
}

function peerFaults(peer: JsonMap, where: string): Cause[] {
  const hasSelector = isMap(peer.podSelector) || isMap(peer.namespaceSelector);
  if (!isMap(peer.ipBlock)) return hasSelector ? [] : [required(where, "must specify a peer")];
  if (hasSelector) return [forbiddenValue(where, "may not specify both ipBlock and another peer")];
  const { cidr, except } = peer.ipBlock;
  const at = `${where}.ipBlock`;
  if (!text(cidr)) return [required(`${at}.cidr`)];
  const bad = cidrFaults(`${at}.cidr`, cidr);
  if (bad.length > 0) return bad;
  return (Array.isArray(except) ? except : []).flatMap((each, index) =>
    exceptFaults(`${at}.except[${index}]`, each, text(cidr)),
  );
}

function cidrFaults(field: string, cidr: Json | undefined): Cause[] {
  const [address = "", bits = ""] = text(cidr).split("/");
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= longest
    ? []
    : [invalidValue(field, cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")];
}

function exceptFaults(field: string, except: Json, cidr: string): Cause[] {
  const bad = cidrFaults(field, except);
  if (bad.length > 0) return bad;
  const [network = "", bits] = cidr.split("/");
  const [inner = "", innerBits] = text(except).split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  const outer = new BlockList();
  outer.addSubnet(network, Number(bits), family);
  return outer.check(inner, family) && Number(innerBits) > Number(bits)
    ? []
    : [invalidValue(field, except, "must be a strict subset of `cidr`")];
}

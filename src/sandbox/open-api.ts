import { apiVersionOf, type Resource } from "./resources.ts";

const root = "/openapi/v3";

/** As much of the API's description as clients need to leave the checking of fields to the server. */
export function openApiOf(resources: readonly Resource[], path: string): object | undefined {
  if (path === root) {
    const places = [...new Set(resources.map(placeOf))];
    return {
      paths: Object.fromEntries(places.map((place) => [place, { serverRelativeURL: `${root}/${place}` }])),
    };
  }
  const here = resources.filter((each) => path === `${root}/${placeOf(each)}`);
  if (here.length === 0) return undefined;
  const info = { title: "Sandbox", version: "v1.34.0+sandbox" };
  return { openapi: "3.0.0", info, paths: Object.fromEntries(here.map(patchOf)) };
}

const placeOf = (resource: Resource) => `${resource.group ? "apis" : "api"}/${apiVersionOf(resource)}`;

function patchOf(resource: Resource): [string, object] {
  const { group, version, kind, plural, isNamespaced } = resource;
  const patch = {
    parameters: ["dryRun", "fieldManager", "fieldValidation", "force"].map((name) => ({ name, in: "query" })),
    responses: {},
    "x-kubernetes-action": "patch",
    "x-kubernetes-group-version-kind": { group, version, kind },
  };
  return [
    `/${placeOf(resource)}${isNamespaced ? "/namespaces/{namespace}" : ""}/${plural}/{name}`,
    { patch },
  ];
}

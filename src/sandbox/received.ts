import { randomBytes } from "node:crypto";
import type { Asked } from "./asked.ts";
import { required } from "./checks/faults.ts";
import { duplicateItems } from "./duplicate-items.ts";
import { copy, isMap, type JsonMap, type Obj } from "./objects.ts";
import { apiVersionOf, type Resource } from "./resources.ts";
import { decode } from "./schema/decode.ts";
import { refuseOddities, refuseToMerge } from "./schema/refusals.ts";
import { badRequest, invalid } from "./status.ts";

/** What was sent, if it is what it says it is, as the server's types take it in. */
export function received(asked: Asked, sent: JsonMap): Obj {
  const { resource, duplicates, isStrict } = asked;
  const decoded = decode(named(asked, sent));
  refuseOddities(decoded, resource, duplicates, isStrict);
  const object = copy(decoded.object) as unknown as Obj;
  if (object.kind === "Secret" && isMap(object.stringData)) encodeTexts(object, object.stringData);
  return object;
}

/** What is applied is merged as it was sent, so that it is owned as it was sent; the merge knows all fields. */
export function receivedToApply(asked: Asked, sent: JsonMap): void {
  const object = named(asked, sent);
  const given = isMap(sent.metadata) ? sent.metadata : {};
  refuseToMerge(decode({ ...object, metadata: { ...given, name: asked.name } }), duplicateItems(sent));
}

/** With kind, name and namespace, which the path may have said alone. */
function named(asked: Asked, sent: JsonMap): JsonMap {
  const { resource, namespace, name } = asked;
  const metadata: JsonMap = isMap(sent.metadata) ? { ...sent.metadata } : {};
  const object: JsonMap = {
    ...sent,
    apiVersion: sent.apiVersion ?? apiVersionOf(resource),
    kind: sent.kind ?? resource.kind,
    metadata,
  };
  refuseOtherKind(resource, object);
  if (!metadata.name && typeof metadata.generateName === "string")
    metadata.name = metadata.generateName + randomBytes(3).toString("hex").slice(0, 5);
  metadata.name ||= name;
  if (!metadata.name)
    throw invalid(resource.kind, resource.group, "", [
      required("metadata.name", "name or generateName is required"),
    ]);
  if (name && metadata.name !== name)
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  if (!resource.isNamespaced) delete metadata.namespace;
  else if (metadata.namespace && metadata.namespace !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  else metadata.namespace = namespace;
  return object;
}

function refuseOtherKind(resource: Resource, { apiVersion, kind }: JsonMap): void {
  const wanted = apiVersionOf(resource);
  if (apiVersion === wanted && kind === resource.kind) return;
  const version = String(apiVersion).split("/").at(-1);
  const handled = `${kind} in version "${version}" cannot be handled as a ${resource.kind}`;
  const why =
    kind === resource.kind
      ? `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:110"`
      : `converting (${version}.${kind}) to (${resource.group.split(".")[0] || "core"}.${resource.kind}): unknown conversion`;
  throw badRequest(`${handled}: ${why}`);
}

function encodeTexts(object: Obj, texts: JsonMap): void {
  const encoded = Object.entries(texts).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  object.data = { ...object.data, ...Object.fromEntries(encoded) };
  delete object.stringData;
}

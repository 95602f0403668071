import type { api } from "../../../contract/api.ts";
import type { Result } from "../../../contract/operation.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { Problem } from "../../../core/problem.ts";
import { compareTexts } from "../../../core/versions/compare-texts.ts";
import { compareHashes, heldHashes } from "../../../core/versions/secret-hashes.ts";
import type { VersionStore } from "../../storage/versions.ts";

type Comparable =
  Awaited<ReturnType<VersionStore["comparable"]>> extends Map<number, infer One> ? One : never;

/** What differs from one version to the other. Of secret values it says whether they do, and knows no more itself. */
export async function compareVersions(
  versions: Pick<VersionStore, "comparable">,
  workflow_id: string,
  from_version: number,
  to_version: number,
): Promise<Result<typeof api.compareVersions>> {
  const found = await versions.comparable(workflow_id, [from_version, to_version]);
  const [before, after] = [found.get(from_version), found.get(to_version)];
  if (!before || !after) throw new Problem("not_found", "One or both versions not found");
  const secrets = compareHashes(heldIn(before), heldIn(after));
  return { from_version, to_version, ...compareTexts(before.design, after.design), secrets };
}

/** Values that the drawing has no place for any more are not part of the version, wherever they still may be. */
function heldIn({ design, hashes }: Comparable) {
  return Object.keys(hashes).length > 0 ? heldHashes(fromJsonText(design), hashes) : hashes;
}

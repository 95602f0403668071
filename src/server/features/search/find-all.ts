import type { Found } from "../../../contract/search.ts";
import { plain } from "../../../core/search/plain.ts";
import { fitOf, toWanted, type Wanted } from "../../../core/search/wanted.ts";
import type { GrantStore } from "../../storage/grants.ts";
import type { SearchStore } from "../../storage/search.ts";
import type { SearchIndex } from "../../storage/search-index.ts";
import { best, most } from "./best.ts";
import { findInWorkflows } from "./find-in-workflows.ts";

export interface SearchNeeds {
  searches: SearchStore;
  searchIndex: SearchIndex;
  grants: Pick<GrantStore, "all">;
}

/** More than one person changes between two searches; whatever is beyond is taken in by itself. */
const mostChanges = 200;

/** Everything somebody may see that fits what they typed, the best of each sort. */
export async function findAll(needs: SearchNeeds, user_id: string, typed: string): Promise<Found> {
  const wanted = toWanted(typed);
  const none = { workflows: [], nodes: [], images: [], resources: [], clusters: [], runs: [] };
  if ([...wanted.text].length < 3) return none;
  await needs.searchIndex.catchUp(mostChanges, user_id);
  const granted = await needs.grants.all(user_id);
  return {
    ...(await findInWorkflows(needs.searches, user_id, wanted)),
    resources: await findResources(needs.searches, granted, wanted),
    clusters: best(granted, ({ cluster: { name, display_name } }) => {
      return fitOf(wanted, plain(name)) ?? fitOf(wanted, plain(display_name));
    }).map(({ cluster: { name, display_name, status } }) => ({ name, displayName: display_name, status })),
    runs: await findRuns(needs.searches, user_id, wanted),
  };
}

type Granted = Awaited<ReturnType<GrantStore["all"]>>;

async function findResources(
  searches: SearchStore,
  granted: Granted,
  wanted: Wanted,
): Promise<Found["resources"]> {
  if (granted.length === 0) return [];
  const fit = ({ name, namespace, type }: Found["resources"][number]) =>
    fitOf(wanted, name) ?? fitOf(wanted, plain(`${name} ${namespace} ${type}`));
  const named = await searches.resourcesNamed(granted, wanted.text, most.shown);
  if (named.length === most.shown) return best(named, fit);
  const found = [...named, ...(await searches.resourcesWith(granted, wanted.words, most.candidates))];
  if (found.length > 0) return best(found, fit);
  return best(await searches.resourcesWith(granted, [], most.misspelt), fit);
}

/** By the workflow's name, the version, how it ended, and where it went. */
async function findRuns(searches: SearchStore, user_id: string, { words }: Wanted): Promise<Found["runs"]> {
  const runs = await searches.runsOf(user_id, most.runs);
  const found = runs.filter(({ id, workflow_name, version, status, cluster_name, namespace }) => {
    const text = plain(`run ${id} ${workflow_name} ${status} ${cluster_name} ${namespace}`);
    return words.every((word) => isVersion(word, version) || text.includes(word));
  });
  return found.slice(0, most.shown).map(({ cluster_name: _cluster, namespace: _namespace, ...run }) => run);
}

function isVersion(word: string, version: number): boolean {
  return word === String(version) || word === `v${version}` || word === `#${version}`;
}

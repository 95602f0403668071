import type { Found } from "../../../contract/search.ts";
import { fromJsonText } from "../../../core/json-text.ts";
import { plain } from "../../../core/search/plain.ts";
import type { FoundNode } from "../../../core/search/texts-of.ts";
import { fitOf, piecesOf, type Wanted } from "../../../core/search/wanted.ts";
import type { SearchStore } from "../../storage/search.ts";
import type { SearchTexts } from "../../storage/search-texts.ts";
import { best, most } from "./best.ts";

type Row = Awaited<ReturnType<SearchTexts["named"]>>[number];
type Name = Awaited<ReturnType<SearchTexts["names"]>>[number];
type RowWithNodes = Awaited<ReturnType<SearchTexts["having"]>>[number];

/** Somebody's workflows, and the nodes and images in them. */
export async function findInWorkflows(
  searches: SearchStore,
  user_id: string,
  wanted: Wanted,
): Promise<Pick<Found, "workflows" | "nodes" | "images">> {
  const groups = wanted.words.map((word) => [word]);
  const limit = most.candidates;
  const texts = await searches.textsOf(user_id);
  const named = await texts.named(wanted.text, limit);
  const { about, parts } = await texts.havingAnywhere({ groups, limit });
  const found = { ...ofWorkflows([...named, ...about], wanted), ...ofNodes(parts, wanted) };
  if (found.workflows.length + found.nodes.length + found.images.length > 0) return found;

  // Nothing fits as it is written: what is nearly so may be meant.
  const pieces = { groups: piecesOf(wanted), limit: most.misspelt };
  const names = await texts.names(most.misspelt + 1);
  const newest = await called(texts, wanted, names);
  const hasMore = names.length > most.misspelt;
  const similar = hasMore ? await texts.having({ column: "about", ...pieces }) : [];
  const within = await texts.having({ column: "parts", ...pieces, limit });
  return { ...ofWorkflows([...newest, ...similar], wanted), ...ofNodes(within, wanted) };
}

/** Those of which the name fits best, as they are shown. */
async function called(texts: SearchTexts, wanted: Wanted, names: readonly Name[]) {
  const ids = best(names, ({ plain_name }) => fitOf(wanted, plain_name)).map(({ id }) => id);
  const rows = ids.length > 0 ? await texts.byId(ids) : [];
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

function ofWorkflows(rows: readonly Row[], wanted: Wanted): Pick<Found, "workflows"> {
  const found = best(rows, ({ plain_name, about }) => fitOf(wanted, plain_name) ?? aboutFit(wanted, about));
  return { workflows: found.map(({ id, name, description, status }) => ({ id, name, description, status })) };
}

/** What is said of a workflow counts less than its name, and is taken as it is written. */
function aboutFit({ words }: Wanted, about: string): number | undefined {
  return words.every((word) => about.includes(word)) ? 3.5 : undefined;
}

function ofNodes(rows: readonly RowWithNodes[], wanted: Wanted): Pick<Found, "nodes" | "images"> {
  const all = rows
    .flatMap(({ id, name, nodes }) =>
      fromJsonText(nodes).map((node) => ({ ...node, workflow_id: id, workflow_name: name })),
    )
    .slice(0, most.nodes);
  const nodes = best(
    all,
    ({ name, type }) => fitOf(wanted, plain(name)) ?? fitOf(wanted, plain(`${name} ${type}`)),
  );
  const images = [...new Map(all.toReversed().map((node) => [node.image, node])).values()].toReversed();
  return {
    nodes: nodes.map(({ image: _image, ...node }) => node),
    images: best(images, (node) => imageFit(wanted, node)).map(
      ({ image, workflow_id, workflow_name, node_id }) => {
        return { image, workflow_id, workflow_name, node_id };
      },
    ),
  };
}

/** As a whole, or by what stands after the registry and its folders. */
function imageFit(wanted: Wanted, { image }: FoundNode): number | undefined {
  if (image === "") return undefined;
  const text = plain(image);
  const fits = [fitOf(wanted, text), fitOf(wanted, text.slice(text.lastIndexOf("/") + 1))];
  const known = fits.filter((fit) => fit !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

import { mergeValues } from "../../core/versions/merge-values.ts";

type Canvas = Record<string, unknown> | undefined;

/** Joins what two sides noted on the canvas, by group and note; where both changed one it is mine. */
export function mergeExtras(base: Canvas, mine: Canvas, theirs: Canvas): Record<string, unknown> {
  const [b, m, t] = [base, mine, theirs].map(keyed);
  const { value } = mergeValues(b, m, t, () => "mine");
  const { groups, notes, placed, ...further } = value as Record<string, Record<string, unknown>>;
  return {
    ...further,
    groups: Object.values(groups ?? {}),
    notes: Object.values(notes ?? {}),
    placed: Object.keys(placed ?? {}),
  };
}

/** Lists by what tells their entries apart, so that they are joined one by one. */
function keyed(canvas: Canvas = {}): Record<string, unknown> {
  const { groups, notes, placed, ...further } = canvas;
  const byId = (list: unknown) =>
    Object.fromEntries((Array.isArray(list) ? list : []).map((each: { id: string }) => [each.id, each]));
  const ids = Array.isArray(placed) ? placed : [];
  return {
    ...further,
    groups: byId(groups),
    notes: byId(notes),
    placed: Object.fromEntries(ids.map((id) => [id, true])),
  };
}

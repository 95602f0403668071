import fc from "fast-check";

/** Text as it comes: with everything that has ever broken out of a template. */
const anyText = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    "",
    "007",
    "true",
    "null",
    "a: b",
    "x\n---\nkind: Pod",
    "{{ .Values }}",
    "<b>",
    "$(id)",
    "ä😀",
    "'\"",
  ),
);
export const scalar = fc.oneof(anyText, fc.integer(), fc.boolean(), fc.constant(0));
export const labels = fc.dictionary(
  fc.constantFrom("team", "tier", "example.com/part", "x.y"),
  fc.oneof(fc.constantFrom("a", "B-1", "0.9_x", ""), fc.nat({ max: 9 }), fc.boolean()),
  { maxKeys: 3 },
);
const annotations = fc.dictionary(fc.constantFrom("note", "example.com/owner"), scalar, { maxKeys: 2 });
export const common = { labels, annotations };

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const chrome = EditorView.theme({
  "&": {
    minHeight: "12rem",
    maxHeight: "max(16rem, calc(100dvh - 15rem))",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius-control)",
    background: "var(--surface)",
    color: "var(--ink)",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { font: "var(--type-code)", overflow: "auto" },
  ".cm-content": { padding: "var(--space-8) 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 var(--space-8)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--accent-soft)",
  },
  ".cm-activeLine": { background: "var(--hover)" },
  ".cm-gutters": { background: "var(--surface)", color: "var(--ink-3)", border: "0" },
  ".cm-matchingBracket": { background: "var(--accent-soft)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-control)",
    background: "var(--raised)",
    color: "var(--ink)",
    boxShadow: "var(--shadow-2)",
    font: "var(--type-meta)",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "wavy underline var(--bad)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "wavy underline var(--warn)" },
  ".cm-panels": { background: "var(--raised)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-searchMatch": { background: "var(--warn-soft)" },
});

const letters = HighlightStyle.define([
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ok)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--busy)" },
  { tag: [tags.meta, tags.keyword, tags.labelName, tags.typeName], color: "var(--stale)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--ink-2)" },
]);

/** The editor in the colours and letters of the rest of the app, by day and by night. */
export const editorTheme = [chrome, syntaxHighlighting(letters)];

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Kbd } from "../parts/Code.tsx";
import { editorTheme } from "./editor-theme.ts";
import styles from "./Yaml.module.css";
import "../look/mono.ts";

interface EditorProps {
  label: string;
  text: string;
  diagnostics: readonly Diagnostic[];
  isReadOnly: boolean;
  onChange: (text: string) => void;
}

/** YAML to be written. Tab leaves the box until somebody says that it indents. */
export function CodeEditor({ label, text, diagnostics, isReadOnly, onChange }: EditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const [indents, setIndents] = useState(false);
  const view = useEditor(box, {
    label,
    text,
    isReadOnly,
    indents,
    onChange,
    onToggle: () => setIndents((on) => !on),
  });

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const inside = diagnostics.map((each) => ({
      ...each,
      from: Math.min(each.from, end),
      to: Math.min(each.to, end),
    }));
    editor.dispatch(setDiagnostics(editor.state, inside));
  }, [diagnostics, view]);

  return (
    <div className={styles.editor}>
      <div ref={box} className={styles.box} />
      <p className={styles.keys}>
        <Kbd>Ctrl M</Kbd>{" "}
        {indents
          ? "Tab indents; press to let it leave the box"
          : "Tab leaves the box; press to let it indent"}
      </p>
    </div>
  );
}

interface Wanted extends Pick<EditorProps, "label" | "text" | "isReadOnly" | "onChange"> {
  indents: boolean;
  onToggle: () => void;
}

/** What the editor can do; what changes later is asked when it is needed. */
function extensionsOf(label: string, latest: { readonly current: Wanted }) {
  const toggle = () => {
    latest.current.onToggle();
    return true;
  };
  return [
    keymap.of([{ key: "Ctrl-m", run: toggle }, ...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    yaml(),
    lintGutter(),
    editorTheme,
    EditorView.lineWrapping,
    // Text that can be edited takes the focus anyway; said so, it is known to be the way to scroll by keys.
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      const now = state.doc.toString();
      if (docChanged && now !== latest.current.text) latest.current.onChange(now);
    }),
  ];
}

function useEditor(box: RefObject<HTMLDivElement | null>, wanted: Wanted) {
  const view = useRef<EditorView>(null);
  const latest = useRef(wanted);
  const parts = useRef({ tab: new Compartment(), lock: new Compartment() });

  useEffect(() => {
    latest.current = wanted;
  });

  useEffect(() => {
    if (!box.current) return;
    const { tab, lock } = parts.current;
    const { label, text } = latest.current;
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text,
        extensions: [tab.of([]), lock.of([]), ...extensionsOf(label, latest)],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [box]);

  const { text, indents, isReadOnly } = wanted;
  useEffect(() => {
    const { tab, lock } = parts.current;
    view.current?.dispatch({
      effects: [
        tab.reconfigure(indents ? keymap.of([indentWithTab]) : []),
        lock.reconfigure(EditorState.readOnly.of(isReadOnly)),
      ],
    });
  }, [indents, isReadOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  return view;
}

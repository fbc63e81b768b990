'use client';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, placeholder as placeholderOf } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CodeEditorProps } from './code-editor.tsx';
import { extensionsFor } from './extensions/index.ts';
import { insertExpression } from './extensions/insert.ts';
import { diagnosticsOf } from './extensions/marks.ts';
import { fromOutside, replaceText } from './extensions/replace.ts';

const attributes = new Compartment();
const hint = new Compartment();

/** The editor behind CodeEditor; loaded when the first one is shown. What it holds is its own, `value` only replaces it. */
export default function CodeMirrorEditor(props: CodeEditorProps) {
  const { language, label, describedBy, placeholder, value, marks, tall } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!host.current) return;
    const made = createView(host.current, latest);
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: attributes.reconfigure(named(label, describedBy)) });
  }, [label, describedBy]);
  useEffect(() => {
    view.current?.dispatch({ effects: hint.reconfigure(placeholder ? placeholderOf(placeholder) : []) });
  }, [placeholder]);
  useLayoutEffect(() => {
    if (view.current && latest.current.isNewer?.() !== true) replaceText(view.current, value);
  }, [value]);
  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(marks ?? [], shown.state.doc.length)));
  }, [marks]);
  return <div ref={host} data-language={language} style={{ minHeight: tall ? 96 : undefined }} className="sg-code" />;
}

function createView(parent: HTMLElement, latest: { current: CodeEditorProps }): EditorView {
  const { language, value, label, describedBy, placeholder, marks } = latest.current;
  const made = new EditorView({
    parent,
    state: EditorState.create({
      doc: value,
      extensions: [
        extensionsFor(language, {
          assist: () => latest.current.assist ?? null,
          askScope: () => latest.current.onAskScope?.(),
        }),
        attributes.of(named(label, describedBy)),
        hint.of(placeholder ? placeholderOf(placeholder) : []),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((change) => change.annotation(fromOutside)))
            latest.current.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  latest.current.onReady?.({
    insert: (expr) => insertExpression(made, latest.current.language, expr),
    focus: () => made.focus(),
  });
  made.dispatch(setDiagnostics(made.state, diagnosticsOf(marks ?? [], made.state.doc.length)));
  return made;
}

function named(label: string, describedBy: string | undefined) {
  // It takes the focus anyway; said so, it counts as a way to scroll what is long.
  const own = { tabindex: '0', 'aria-label': label, ...(describedBy ? { 'aria-describedby': describedBy } : {}) };
  return EditorView.contentAttributes.of(own);
}

'use client';
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { type Diagnostic as Mark, setDiagnostics } from '@codemirror/lint';
import { type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CodeEditorProps } from './code-editor.tsx';
import { expressionBefore, suggestionsFor, type Variables } from './complete.ts';
import { functionSuggestions } from './functions.ts';
import { highlight } from './highlight.ts';
import { look } from './look.ts';

const setup = {
  lineNumbers: false,
  foldGutter: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  highlightSelectionMatches: false,
  searchKeymap: false,
  autocompletion: false,
  lintKeymap: false,
  syntaxHighlighting: false,
};

/** The editor behind CodeEditor; loaded when the first one is shown. */
export default function CodeMirrorEditor(props: CodeEditorProps) {
  const { language, label, describedBy, variables, marks } = props;
  const editor = useRef<ReactCodeMirrorRef>(null);
  const [made, setMade] = useState(false);
  const askVariables = useRef(variables);
  useEffect(() => {
    askVariables.current = variables;
  }, [variables]);
  const extensions = useMemo(() => {
    const attributes = { 'aria-label': label, ...(describedBy ? { 'aria-describedby': describedBy } : {}) };
    return [
      look,
      highlight(language),
      EditorView.contentAttributes.of(attributes),
      EditorView.lineWrapping,
      leaveByEscape,
      ...(language === 'json' ? [json()] : [completion(language, async () => (await askVariables.current?.()) ?? {})]),
    ];
  }, [language, label, describedBy]);
  useEffect(() => {
    const view = editor.current?.view;
    if (!view || !made) return;
    const end = view.state.doc.length;
    const shown = (end === 0 ? [] : (marks ?? [])).map(
      ({ range, severity, message }): Mark => ({
        from: Math.min(range?.start ?? 0, end),
        to: Math.min(range?.end ?? end, end),
        severity,
        message,
      }),
    );
    view.dispatch(setDiagnostics(view.state, shown));
  }, [marks, made]);
  return (
    <CodeMirror
      ref={editor}
      value={props.value}
      onChange={props.onChange}
      onCreateEditor={() => setMade(true)}
      theme="none"
      basicSetup={setup}
      indentWithTab={false}
      placeholder={props.placeholder}
      extensions={extensions}
      minHeight={props.tall ? '96px' : undefined}
      maxHeight="320px"
    />
  );
}

/** Tab leaves the field, as in any form; so does Escape, which must not close what is around. */
const leaveByEscape = Prec.low(
  keymap.of([
    {
      key: 'Escape',
      run: (view) => {
        view.contentDOM.blur();
        return true;
      },
    },
  ]),
);

function completion(language: 'cel' | 'template', variables: () => Promise<Variables>): Extension {
  const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const whole = context.state.doc.toString();
    const hole =
      language === 'cel' ? { text: whole.slice(0, context.pos), start: 0 } : expressionBefore(whole, context.pos);
    if (!hole || (!context.explicit && !/[\w.?]$/.test(hole.text))) return null;
    const found = suggestionsFor(hole.text, await variables());
    if (!found) return null;
    const own = found.options.map(({ label, detail, apply }) => ({ label, detail, apply: apply ?? label, boost: 1 }));
    const functions = functionSuggestions(/\.\??\w*$/.test(hole.text));
    return { from: hole.start + found.from, options: [...own, ...functions], validFor: /^\w*$/ };
  };
  return autocompletion({ override: [source], icons: false });
}

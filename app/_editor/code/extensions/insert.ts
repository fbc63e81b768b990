import type { EditorView } from '@codemirror/view';
import { expressionBefore } from '../assist/hole.ts';
import type { CodeLanguage } from '../code-editor.tsx';

/** Puts an expression in place of what is selected, between braces where the text around is no expression. */
export function insertExpression(view: EditorView, language: CodeLanguage, expr: string): void {
  const { from, to } = view.state.selection.main;
  const bare = language !== 'template' || expressionBefore(view.state.doc.toString(), from) !== null;
  const insert = bare ? expr : `{{ ${expr} }}`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: 'input.insert',
  });
  view.focus();
}

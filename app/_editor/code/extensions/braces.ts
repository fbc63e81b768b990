import { closeBrackets, closeBracketsKeymap, startCompletion } from '@codemirror/autocomplete';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { expressionBefore, typedInTemplate } from '../assist/hole.ts';
import type { CodeLanguage } from '../code-editor.tsx';

const pairs = ['(', '[', '{', '"', "'"];

/** Brackets and quotes close themselves in code; in the text of a template only `{{` does. */
export function braces(language: CodeLanguage): Extension {
  const inCode = (state: EditorState, at: number) =>
    language !== 'template' || expressionBefore(state.sliceDoc(0, at), at) !== null;
  return [
    ...(language === 'template' ? [EditorView.inputHandler.of(typeInTemplate)] : []),
    EditorState.languageData.of((state, at) => [{ closeBrackets: { brackets: inCode(state, at) ? pairs : [] } }]),
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
  ];
}

function typeInTemplate(view: EditorView, from: number, to: number, letter: string): boolean {
  const act = from === to ? typedInTemplate(view.state.doc.toString(), from, letter) : null;
  if (!act) return false;
  const { insert, move } = act;
  view.dispatch({
    ...(insert === '' ? {} : { changes: { from, insert } }),
    selection: { anchor: from + move },
    userEvent: insert === '' ? 'select' : 'input.type',
  });
  if (insert !== '') startCompletion(view);
  return true;
}

import { closeBrackets, closeBracketsKeymap, startCompletion } from '@codemirror/autocomplete';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { expressionBefore } from '../assist/hole.ts';
import type { CodeLanguage } from '../code-editor.tsx';

const pairs = ['(', '[', '{', '"', "'"];

/** Brackets and quotes close themselves in code; in the text of a template only `{{` does. */
export function braces(language: CodeLanguage): Extension {
  const inCode = (state: EditorState, at: number) =>
    language !== 'template' || expressionBefore(state.sliceDoc(0, at), at) !== null;
  return [
    ...(language === 'template' ? [EditorView.inputHandler.of(closeHole)] : []),
    EditorState.languageData.of((state, at) => [{ closeBrackets: { brackets: inCode(state, at) ? pairs : [] } }]),
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
  ];
}

/** The second `{` opens a hole and closes it; `}` before its end steps out of it. */
function closeHole(view: EditorView, from: number, to: number, text: string): boolean {
  const { state } = view;
  const inHole = expressionBefore(state.sliceDoc(0, from), from) !== null;
  if (
    text === '{' &&
    !inHole &&
    state.sliceDoc(from - 1, from) === '{' &&
    state.sliceDoc(from - 2, from - 1) !== '\\'
  ) {
    const closed = /^\s*\}\}/.test(state.sliceDoc(to, to + 8));
    const insert = closed ? '{' : '{  }}';
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + (closed ? 1 : 2) },
      userEvent: 'input.type',
    });
    startCompletion(view);
    return true;
  }
  const end = text === '}' && inHole && from === to ? /^\s*\}\}/.exec(state.sliceDoc(from, from + 8)) : null;
  if (!end || openBraces(state, from) > 0) return false;
  view.dispatch({ selection: { anchor: from + end[0].length }, userEvent: 'select' });
  return true;
}

/** How many braces of objects are open in the hole. */
function openBraces(state: EditorState, at: number): number {
  const { text = '' } = expressionBefore(state.sliceDoc(0, at), at) ?? {};
  return text.split('{').length - text.split('}').length;
}

import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { basicSetup } from '@uiw/react-codemirror';
import type { CodeAssist, CodeLanguage } from '../code-editor.tsx';
import { highlight } from '../highlight.ts';
import { look } from '../look.ts';
import { braces } from './braces.ts';
import { completion } from './completion.ts';
import { fieldKeys } from './keys.ts';
import { signatureTooltip } from './signature-tooltip.ts';

export type FieldHooks = { assist: () => CodeAssist | null; askScope: () => void };

/** Without a history: what is undone is the document, of which the field shows a part. */
const setup = basicSetup({
  lineNumbers: false,
  foldGutter: false,
  foldKeymap: false,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  highlightSelectionMatches: false,
  searchKeymap: false,
  autocompletion: false,
  completionKeymap: false,
  lintKeymap: false,
  syntaxHighlighting: false,
  history: false,
  historyKeymap: false,
  closeBrackets: false,
  closeBracketsKeymap: false,
  allowMultipleSelections: false,
  rectangularSelection: false,
  crosshairCursor: false,
  indentOnInput: false,
  bracketMatching: true,
});

/** Everything that a field of a language does. */
export function extensionsFor(language: CodeLanguage, { assist, askScope }: FieldHooks): Extension {
  return [
    fieldKeys(askScope),
    setup,
    look,
    highlight(language),
    EditorView.lineWrapping,
    braces(language),
    ...(language === 'json' ? [] : [completion(language, assist), signatureTooltip(language, assist)]),
  ];
}

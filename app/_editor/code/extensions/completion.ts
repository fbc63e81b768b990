import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Suggestion } from '../assist/complete.ts';
import { expressionBefore } from '../assist/hole.ts';
import type { CodeAssist, CodeLanguage } from '../code-editor.tsx';

/** What stands further up, all else being equal. */
const boosts: Record<Suggestion['kind'], number> = {
  local: 4,
  member: 3,
  variable: 3,
  method: 1,
  function: 0,
  word: -1,
};

/** Completion from what is in scope, in expressions and in the holes of templates. */
export function completion(language: CodeLanguage, assist: () => CodeAssist | null): Extension {
  const source = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const whole = context.state.sliceDoc(0, context.pos);
    const hole = language === 'cel' ? { text: whole, start: 0 } : expressionBefore(whole, context.pos);
    if (!hole || (!context.explicit && !/[\w.?(]$/.test(hole.text))) return null;
    const helper = assist();
    const found = await helper?.suggest(hole.text);
    if (!helper || !found) return null;
    return {
      from: hole.start + found.from,
      options: found.options.map((one) => optionOf(one, helper.titleOf(found.of, one.label))),
      validFor: /^\w*$/,
    };
  };
  return autocompletion({ override: [source], icons: false, maxRenderedOptions: 60, interactionDelay: 0 });
}

function optionOf(one: Suggestion, title: string | undefined): Completion {
  return {
    label: one.label,
    detail: title === undefined ? one.detail : `${title} · ${one.detail}`,
    boost: boosts[one.kind],
    apply: (view, _option, from, to) => write(view, one, { from, to }),
    ...(one.help ? { info: one.help } : {}),
  };
}

/** Writes it, puts the cursor between its brackets where an argument belongs there, and offers what comes next. */
function write(view: EditorView, one: Suggestion, { from, to }: { from: number; to: number }): void {
  const wanted = one.apply ?? one.label;
  const called = wanted.endsWith('()') && view.state.sliceDoc(to, to + 1) === '(';
  const insert = called ? wanted.slice(0, -2) : wanted;
  const anchor = from + insert.length - (called ? 0 : (one.back ?? 0));
  view.dispatch({ changes: { from, to, insert }, selection: { anchor }, userEvent: 'input.complete' });
  if (one.back !== undefined || wanted.endsWith(', ')) startCompletion(view);
}

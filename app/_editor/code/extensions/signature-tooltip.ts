import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { expressionBefore } from '../assist/hole.ts';
import type { SignatureHelp } from '../assist/signature.ts';
import type { CodeAssist, CodeLanguage } from '../code-editor.tsx';

const setShown = StateEffect.define<Tooltip | null>();
const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, change) {
    for (const effect of change.effects) if (effect.is(setShown)) return effect.value;
    return value && change.docChanged ? { ...value, pos: change.changes.mapPos(value.pos) } : value;
  },
  provide: (field) => showTooltip.from(field),
});

export const isSignatureShown = (state: EditorState): boolean => (state.field(shown, false) ?? null) !== null;

export function hideSignature(view: EditorView): void {
  if (isSignatureShown(view.state)) view.dispatch({ effects: setShown.of(null) });
}

/** Shows the signature of the call that the cursor is in, with the argument that is being written. */
export function signatureTooltip(language: CodeLanguage, assist: () => CodeAssist | null): Extension {
  const plugin = ViewPlugin.define((view) => {
    let turn = 0;
    const show = (tooltip: Tooltip | null) => {
      if (tooltip !== null || isSignatureShown(view.state)) view.dispatch({ effects: setShown.of(tooltip) });
    };
    const look = async () => {
      const mine = ++turn;
      const at = view.state.selection.main.head;
      const whole = view.state.sliceDoc(0, at);
      const hole = language === 'cel' ? { text: whole, start: 0 } : expressionBefore(whole, at);
      const help = view.hasFocus && hole?.text.includes('(') ? await assist()?.signature(hole.text) : null;
      // An update must be over before the next one; a later question makes this answer old.
      await Promise.resolve();
      if (mine === turn) show(help && hole ? tooltipOf(help, hole.start) : null);
    };
    return {
      update(change: ViewUpdate) {
        if (change.docChanged || change.selectionSet || change.focusChanged) void look();
      },
      destroy() {
        turn = -1;
      },
    };
  });
  return [shown, plugin];
}

function tooltipOf(help: SignatureHelp, start: number): Tooltip {
  return { pos: start + help.at, above: true, create: () => ({ dom: drawn(help) }) };
}

function drawn({ pieces, help, others }: SignatureHelp): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'sg-signature';
  dom.setAttribute('role', 'note');
  dom.setAttribute('aria-label', 'Signature');
  const line = document.createElement('code');
  for (const { text, current } of pieces) {
    const part = document.createElement(current ? 'b' : 'span');
    part.textContent = text;
    line.append(part);
  }
  const what = document.createElement('p');
  what.textContent = others > 0 ? `${help} And ${others} more ${others === 1 ? 'way' : 'ways'}.` : help;
  dom.append(line, what);
  return dom;
}

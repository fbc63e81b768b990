import { closeCompletion, completionStatus } from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { hideSignature, isSignatureShown } from './signature-tooltip.ts';

/** Escape closes what has popped up, then leaves the field. Tab leaves it, as in any form. */
export function fieldKeys(askScope: () => void): Extension {
  return [
    Prec.highest(
      keymap.of([
        { key: 'Escape', run: closePopups },
        {
          key: 'Mod-i',
          run: () => {
            askScope();
            return true;
          },
        },
      ]),
    ),
    Prec.low(
      keymap.of([
        {
          key: 'Escape',
          run: (view) => {
            view.contentDOM.blur();
            return true;
          },
        },
      ]),
    ),
  ];
}

function closePopups(view: EditorView): boolean {
  const shown = completionStatus(view.state) !== null || isSignatureShown(view.state);
  if (!shown) return false;
  closeCompletion(view);
  hideSignature(view);
  return true;
}

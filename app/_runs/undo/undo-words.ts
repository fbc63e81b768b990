import { plural } from '#app/_ui/format.ts';
import type { Status } from '#app/_ui/status.ts';
import type { UndoItemRow, UndoPlan, UndoPlanItem, UndoStatus } from '#server/undo/types.ts';

/** What one line of a plan or of an undo under way says at its right end, in the hue of a status. */
export type UndoWord = { text: string; status: Status };

/** What will become of an effect. Violet: it will be as before. Red: it cannot. */
export function wordOfPlan({ can }: Pick<UndoPlanItem, 'can'>): UndoWord {
  switch (can) {
    case 'reverts':
      return { text: 'Will be restored', status: 'undone' };
    case 'offers':
      return { text: 'Cannot be undone', status: 'failed' };
    case 'cannot':
      return { text: 'Cannot be undone', status: 'failed' };
  }
}

/** What became of an effect. */
export function wordOfItem({ status }: Pick<UndoItemRow, 'status'>): UndoWord {
  switch (status) {
    case 'pending':
      return { text: 'To come', status: 'queued' };
    case 'running':
      return { text: 'Being restored', status: 'running' };
    case 'reverted':
      return { text: 'Restored', status: 'undone' };
    case 'offered':
      return { text: 'Stays, correction offered', status: 'waiting' };
    case 'cannot':
      return { text: 'Could not be undone', status: 'failed' };
    case 'failed':
      return { text: 'Undoing failed', status: 'failed' };
  }
}

/** What the button does, counted: "Undo 2 of 3 effects". Null: there is nothing to do. */
export function undoAction(
  { revertible, offers, total, cancelsRun }: UndoPlan,
  verb: 'Undo' | 'Rewind',
): string | null {
  if (verb === 'Rewind')
    return revertible === 0 ? 'Rewind' : `Rewind and undo ${revertible} of ${plural(total, 'effect')}`;
  if (revertible > 0) return `Undo ${revertible} of ${plural(total, 'effect')}`;
  if (offers > 0) return `Offer ${plural(offers, 'correction')}`;
  return cancelsRun ? 'Cancel the run' : null;
}

/** How far an undo is: "2 of 3 dealt with". */
export function progressText({ items }: Pick<UndoStatus, 'items'>): string {
  const over = items.filter(({ status }) => status !== 'pending' && status !== 'running').length;
  return `${over} of ${items.length} dealt with`;
}

/** What an undo came to, once it is over. */
export function resultText({ items }: Pick<UndoStatus, 'items'>): string {
  const count = (...wanted: UndoItemRow['status'][]) => items.filter(({ status }) => wanted.includes(status)).length;
  const parts = [
    `${count('reverted')} of ${plural(items.length, 'effect')} restored`,
    ...(count('offered') > 0 ? [`${plural(count('offered'), 'correction')} offered in the inbox`] : []),
    ...(count('cannot') > 0 ? [`${count('cannot')} could not be`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
  ];
  return `${parts.join(', ')}.`;
}

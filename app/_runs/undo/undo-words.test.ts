import { describe, expect, it } from 'vitest';
import type { UndoItemRow, UndoPlan } from '#server/undo/types.ts';
import { progressText, resultText, undoAction } from './undo-words.ts';

const plan = (change: Partial<UndoPlan>): UndoPlan => ({
  runId: '1',
  toSeq: 0,
  items: [],
  revertible: 0,
  offers: 0,
  irreversible: 0,
  total: 0,
  alreadyUndone: 0,
  keptSpendMicros: 0,
  cancelsRun: false,
  ...change,
});
const items = (...statuses: UndoItemRow['status'][]) => statuses.map((status) => ({ status }) as UndoItemRow);

describe('what an undo says', () => {
  it('counts on the button what will be undone, of how much', () => {
    expect(undoAction(plan({ revertible: 2, irreversible: 1, total: 3 }), 'Undo')).toBe('Undo 2 of 3 effects');
    expect(undoAction(plan({ revertible: 1, total: 1 }), 'Undo')).toBe('Undo 1 of 1 effect');
    expect(undoAction(plan({ offers: 2, total: 2 }), 'Undo')).toBe('Offer 2 corrections');
  });

  it('offers nothing where nothing can be done, but still ends a run that goes on', () => {
    expect(undoAction(plan({ irreversible: 2, total: 2 }), 'Undo')).toBeNull();
    expect(undoAction(plan({ cancelsRun: true }), 'Undo')).toBe('Cancel the run');
  });

  it('rewinds whether or not there is something to take back', () => {
    expect(undoAction(plan({}), 'Rewind')).toBe('Rewind');
    expect(undoAction(plan({ revertible: 2, total: 3 }), 'Rewind')).toBe('Rewind and undo 2 of 3 effects');
  });

  it('tells how far it is and what it came to', () => {
    expect(progressText({ items: items('reverted', 'running', 'pending') })).toBe('1 of 3 dealt with');
    expect(resultText({ items: items('reverted', 'reverted', 'offered', 'cannot') })).toBe(
      '2 of 4 effects restored, 1 correction offered in the inbox, 1 could not be.',
    );
  });
});

import { expect, it } from 'vitest';
import type { Said } from '#server/live/types.ts';
import { createSaid } from './said.ts';

const by = { runId: '5', state: 'draft', path: '', attempt: 1 };
const text = (from: number, piece: string): Said => ({ kind: 'text', ...by, from, text: piece });
const ofDraft = (said: ReturnType<typeof createSaid>) => said.store.getState().get('5')?.get('draft  1');

it("puts together what a step's model writes, and keeps its log beside it", () => {
  const said = createSaid(() => 7);
  said.receive([text(0, 'Dear '), { kind: 'log', ...by, at: 9, message: 'asked' }]);
  said.receive([text(5, 'Ann')]);
  expect(ofDraft(said)).toMatchObject({
    at: 7,
    text: 'Dear Ann',
    partial: false,
    lines: [{ at: 9, message: 'asked' }],
  });
});

it('says that the beginning is missing where it came too late', () => {
  const said = createSaid();
  said.receive([text(40, 'and so on')]);
  expect(ofDraft(said)).toMatchObject({ text: 'and so on', partial: true });
});

it('lets the oldest runs go', () => {
  const said = createSaid();
  for (let run = 0; run < 30; run += 1) said.receive([{ ...text(0, 'x'), runId: `${run}` }]);
  expect([...said.store.getState().keys()]).toEqual(['20', '21', '22', '23', '24', '25', '26', '27', '28', '29']);
});

import { expect, test } from 'vitest';
import { afterPass, endOfIteration, failureOfItems, mapOutput, skippedOutcome } from './iterations.ts';
import type { Body } from './program.ts';

const scope = { run: { id: 'r', input: {}, startedAt: '' }, nodes: {}, item: 2, index: 1 };
const body: Body = {
  arc: { start: [], arrivals: [] },
  result: null,
  again: null,
  resultReads: [],
  maxItems: 3,
  tolerates: 0,
};
const expr = (text: string) => ({ kind: 'expr' as const, expr: text, reads: [] });
const failure = { code: 'TIMEOUT', message: 'Late.', state: 'x' };

test('the output of a map lists its items in order', () => {
  expect(
    mapOutput([
      { outcome: 'ok', value: 7 },
      { outcome: 'error', value: failure },
    ]),
  ).toEqual({
    items: [
      { index: 0, outcome: 'ok', value: 7, error: null },
      { index: 1, outcome: 'error', value: null, error: failure },
    ],
    succeeded: 1,
    failed: 1,
  });
});

test('so many items may fail as are tolerated', () => {
  const of = (tolerates: number | null, failed: number) => failureOfItems({ tolerates }, { failed, last: failure });
  expect(of(null, 9)).toBeNull();
  expect(of(2, 2)).toBeNull();
  expect(of(0, 1)).toEqual(failure);
  expect(of(2, 3)).toEqual({
    code: 'ITEMS_FAILED',
    message: '3 items failed; 2 may. The last: Late.',
    details: { failed: 3, tolerates: 2, last: failure },
  });
});

test('at the end of a pass its result and its condition are taken', () => {
  expect(endOfIteration(body, scope)).toEqual({ result: null, again: false });
  expect(endOfIteration({ ...body, result: expr('item + index'), again: expr('item < 9') }, scope)).toEqual({
    result: 3,
    again: true,
  });
  expect(() => endOfIteration({ ...body, again: expr('item') }, scope)).toThrow(
    '"again" must be true or false; it is 2.',
  );
});

test('a loop goes on while its condition holds, up to its bound', () => {
  const after = (index: number, again: boolean) => afterPass(body, { index, value: 'v', again });
  expect(after(0, true)).toEqual({ kind: 'next' });
  expect(after(0, false)).toEqual({ kind: 'end', outcome: 'done', output: { value: 'v', passes: 1 } });
  expect(after(2, true)).toEqual({ kind: 'end', outcome: 'limit', output: { value: 'v', passes: 3 } });
  expect(after(2, false)).toMatchObject({ outcome: 'done' });
});

test('a step that is skipped leaves as if it had succeeded', () => {
  const any = { type: 'any' } as const;
  const by = (kind: 'task' | 'loop' | 'gate', ...names: string[]) =>
    skippedOutcome({ kind, outcomeTypes: Object.fromEntries(names.map((name) => [name, any])) });
  expect(by('task', 'ok', 'timeout')).toBe('ok');
  expect(by('task', 'sent')).toBe('sent');
  expect(by('loop', 'done', 'each', 'limit')).toBe('done');
  expect(by('gate', 'approved', 'rejected', 'timeout')).toBe('approved');
  expect(by('task', 'large', 'small')).toBe('large');
});

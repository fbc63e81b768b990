import { expect, test } from 'vitest';
import { membersOf, pointerOf, wantsOf } from './wants.ts';

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const by = { from: 'me', kind: 'reads' } as const;
const reading = (path = '', pointer = '') => ({ runId: '7', path, pointer, by });

test('pointers name members that have any name', () => {
  expect(pointerOf(['a/b', '~', 3])).toBe('/a~1b/~0/3');
  expect(membersOf('/a~1b/~0/3')).toEqual(['a/b', '~', '3']);
});

test('of a member as it stands the part is followed; of what is computed all of it', () => {
  expect(wantsOf(expr('nodes.csv.rows'), reading('', '/3'))).toEqual([
    { of: 'output', at: { runId: '7', state: 'csv', path: '' }, pointer: '/rows/3', by },
  ]);
  expect(wantsOf(expr('nodes.a.x + "!"'), reading('', '/3'))).toMatchObject([{ pointer: '/x' }]);
});

test('items are those of the iteration around, by either name', () => {
  const item = { of: 'item', at: { runId: '7', state: 'lines', path: 'orders:2' }, index: 5, by };
  expect(wantsOf(expr('item.sku'), reading('orders:2/lines:5'))).toEqual([{ ...item, pointer: '/sku' }]);
  expect(wantsOf(expr('nodes.lines.item.sku'), reading('orders:2/lines:5'))).toEqual([{ ...item, pointer: '/sku' }]);
  expect(wantsOf(expr('nodes.orders.index'), reading('orders:2/lines:5'))).toEqual([
    { of: 'item', at: { runId: '7', state: 'orders', path: '' }, index: 2, pointer: '', by },
  ]);
  expect(wantsOf(expr('index'), reading())).toEqual([]);
});

test('the input of the run is read by its fields; what else a run tells comes from nothing', () => {
  expect(wantsOf(expr('run.input.name'), reading())).toEqual([{ of: 'run-input', runId: '7', pointer: '/name', by }]);
  expect(wantsOf(expr('run.id'), reading())).toEqual([]);
});

test('what cannot be read any more still names the nodes that it reads', () => {
  expect(wantsOf({ ...expr('nodes.'), reads: ['draft'] }, reading())).toMatchObject([{ at: { state: 'draft' } }]);
  expect(wantsOf(expr('nodes.'), reading())).toEqual([]);
});

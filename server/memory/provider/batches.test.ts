import { expect, it } from 'vitest';
import { batchesOf } from './batches.ts';

const texts = (count: number, letters: number) =>
  Array.from({ length: count }, (_, at) => [String(at), 'x'.repeat(letters)] as const);

it('asks for many texts in few requests, in their order, and none that is too large', () => {
  expect(batchesOf([])).toEqual([]);
  expect(batchesOf(texts(300, 10)).map((batch) => batch.length)).toEqual([128, 128, 44]);
  expect(batchesOf(texts(5, 50_000)).map((batch) => batch.length)).toEqual([2, 2, 1]);
  expect(batchesOf(texts(2, 200_000)).map((batch) => batch.length)).toEqual([1, 1]);
  expect(batchesOf(texts(300, 10)).flat()).toEqual(texts(300, 10));
});

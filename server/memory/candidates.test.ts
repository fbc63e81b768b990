import { expect, test } from 'vitest';
import { chosen } from './candidates.ts';

const held: Record<string, number> = { slipstream: 40, flutter: 300, wing: 6_000, flow: 20_000, result: 50_000 };
const collection = { passages: 100_000, held: (word: string) => held[word] ?? 0 };

test('passages of rare words are all compared, as long as there is room', () => {
  expect(chosen(['flow', 'flutter', 'slipstream', 'unheard'], collection)).toMatchObject({
    rare: ['slipstream', 'flutter'],
    common: 'flow',
  });
});

test('of common words those are compared that hold two together, the rarest two', () => {
  const few = { passages: 1_000_000, held: collection.held };
  expect(chosen(['result', 'flow', 'wing', 'slipstream'], few)).toMatchObject({
    rare: ['slipstream'],
    pairs: [['wing', 'flow']],
  });
});

test('a word that stands in many passages is looked for among the newest, one in fewer in all', () => {
  expect(chosen(['result'], collection)).toEqual({ rare: [], pairs: [], common: 'result', newest: 1_600 });
  expect(chosen(['word'], { passages: 100_000, held: () => 4_000 })).toMatchObject({ common: 'word', newest: null });
});

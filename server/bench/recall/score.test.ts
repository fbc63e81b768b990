import { expect, test } from 'vitest';
import { gainsOf, recordsOf } from './collection.ts';
import { textsLike } from './corpus.ts';
import { scoresOf } from './score.ts';

test('records are read in their order, with their text alone', () => {
  const file = '.I 4\n.T\ntitle\n.W\nfirst text .\n.I 7\n.W\nsecond\n text .\n';
  expect(recordsOf(file)).toEqual([
    { id: 4, text: 'first text .' },
    { id: 7, text: 'second\n text .' },
  ]);
});

test('a judgement of code 1 gains most, one of no interest nothing', () => {
  const gains = gainsOf('1 0 184 1\n1 0 29 4\n2 0 3 5\n\n');
  expect([gains.get(1)?.get(184), gains.get(1)?.get(29), gains.get(2)?.get(3)]).toEqual([4, 1, 0]);
});

test('a perfect order scores 1, one that found half the gain late less, and a question without answers is not counted', () => {
  const gains = gainsOf('1 0 10 1\n1 0 20 4\n2 0 30 5');
  expect(scoresOf(new Map([[1, [10, 20]]]), gains)).toEqual({ 'ndcg@10': 1, 'recall@10': 1 });
  const late = scoresOf(new Map([[1, [99, 10]]]), gains);
  expect(late['recall@10']).toBe(0.5);
  expect(late['ndcg@10']).toBeCloseTo(4 / Math.log2(3) / (4 + 1 / Math.log2(3)), 3);
  expect(scoresOf(new Map(), gains)).toEqual({ 'ndcg@10': 0, 'recall@10': 0 });
});

test('texts for measuring speed are the same each time, about a passage long, each with a word of its own', () => {
  const documents = [
    'the wing lifts a great deal . the tail does not lift at all .',
    'heat flows into the cold body slowly .',
  ];
  const texts = textsLike(documents, 20);
  expect(textsLike(documents, 20)).toEqual(texts);
  expect(new Set(texts).size).toBe(20);
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(800);
});

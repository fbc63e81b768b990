import { describe, expect, it } from 'vitest';
import { bm25, type Collection, questionWeights, rarity, widened } from './bm25.ts';
import { lengthOf, termHash } from './words.ts';

const collection: Collection = { passages: 1_000, held: (term) => ({ wing: 10, flow: 500 })[term] ?? 0 };
const words = (text: string) => {
  const counts = new Map<string, number>();
  for (const word of text.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};
const document = (text: string) => {
  const counts = words(text);
  const terms = { hashes: [...counts.keys()].map(termHash), times: [...counts.values()], length: lengthOf(counts) };
  return { id: text, terms };
};
const order = (texts: string[], asked: string) =>
  bm25(texts.map(document), questionWeights(words(asked), collection)).map(({ id }) => id);

describe('BM25', () => {
  it('counts a rare word more than one that stands in half of all passages', () => {
    expect(rarity(collection, 'wing')).toBeGreaterThan(5 * rarity(collection, 'flow'));
    expect(order(['flow a', 'wing a'], 'flow wing')).toEqual(['wing a', 'flow a']);
  });

  it('counts a word again where it is repeated, each time less', () => {
    const scores = bm25(
      [document('wing a a a'), document('wing wing a a'), document('wing wing wing a')],
      questionWeights(words('wing'), collection),
    );
    const [three = 0, two = 0, one = 0] = scores.map(({ score }) => score);
    expect(scores[0]?.id).toBe('wing wing wing a');
    expect(three - two).toBeLessThan(two - one);
  });

  it('prefers the shorter of two documents that hold the same', () => {
    expect(order(['wing a b c d e f g', 'wing a'], 'wing')[0]).toBe('wing a');
  });

  it('leaves out what holds none of the words', () => {
    expect(order(['flow', 'other'], 'flow')).toEqual(['flow']);
    expect(order([], 'flow')).toEqual([]);
  });

  it('never takes a word for more frequent than there are passages', () => {
    expect(rarity({ passages: 10, held: () => 50 }, 'x')).toBeGreaterThan(0);
  });
});

describe('a widened question', () => {
  it('asks for rare words of what came first, too, which together weigh as much as its own', () => {
    const asked = questionWeights(words('flow'), collection);
    const wide = widened(asked, [words('flow wing wing')], collection);
    expect(asked.has('wing')).toBe(false);
    expect(wide.get('wing')).toBeGreaterThan(0.5);
    const sum = (weights: Map<string, number>) => [...weights.values()].reduce((a, b) => a + b, 0);
    expect(sum(wide)).toBeCloseTo(2 * sum(asked), 10);
  });

  it('stays what it is where nothing came first', () => {
    const asked = questionWeights(words('flow'), collection);
    expect(widened(asked, [], collection)).toEqual(asked);
  });
});

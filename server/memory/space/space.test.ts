import { describe, expect, it } from 'vitest';
import { latentDimensions, learnSpace } from './learn.ts';
import { spaceOf, vocabularyOf } from './space.ts';

const words = (text: string) => new Map(text.split(' ').map((word) => [word, 1]));
// Wings and aerofoils are told of with the same words, never together.
const passages = [
  ...Array.from({ length: 20 }, (_, n) => `wing lift drag w${n % 3}`),
  ...Array.from({ length: 20 }, (_, n) => `aerofoil lift drag w${n % 3}`),
  ...Array.from({ length: 20 }, (_, n) => `invoice payment bank b${n % 3}`),
];
const held = new Map<string, number>();
for (const passage of passages) for (const word of words(passage).keys()) held.set(word, (held.get(word) ?? 0) + 1);
const terms = [...held.keys()];
const counts = [...held.values()];

async function learnt() {
  const vectors = await learnSpace(passages.map(words), vocabularyOf(terms, counts, passages.length));
  return spaceOf({ name: 'test', passages: passages.length, terms, held: counts, vectors });
}
const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('a learnt space', () => {
  it('puts words near each other that are used alike', async () => {
    const space = await learnt();
    const near = (a: string, b: string) => dot(space.embed(a, words(a)), space.embed(b, words(b)));
    expect(near('wing', 'aerofoil')).toBeGreaterThan(near('wing', 'invoice') + 0.3);
  });

  it('is the same for the same passages, and its vectors have length 1', async () => {
    const [one, two] = [await learnt(), await learnt()];
    const vector = one.embed('wing lift', words('wing lift'));
    expect(two.embed('wing lift', words('wing lift'))).toEqual(vector);
    expect(vector.length).toBeGreaterThan(latentDimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
  });

  it('finds words that it never saw by their parts', async () => {
    const space = await learnt();
    const near = (a: string, b: string) => dot(space.embed(a, words(a)), space.embed(b, words(b)));
    expect(near('Gudbransdalost', 'Gudbrandsdalsost')).toBeGreaterThan(0.3);
    expect(space.embed('', new Map()).every((value) => value === 0)).toBe(true);
  });

  it('knows how rare words are, and which it does not know', async () => {
    const space = await learnt();
    expect([space.held('lift'), space.held('wing'), space.held('unheard')]).toEqual([40, 20, undefined]);
  });
});

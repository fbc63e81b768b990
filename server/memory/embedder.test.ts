import { describe, expect, it } from 'vitest';
import { dimensions, embed } from './embedder.ts';

const near = (a: string, b: string) => embed(a).reduce((sum, value, at) => sum + value * embed(b)[at]!, 0);

describe('lexical-hash-v1', () => {
  it('gives the same text the same vector of length 1', () => {
    const vector = embed('Alfreds Futterkiste ordered Chai');
    expect(vector).toEqual(embed('Alfreds Futterkiste ordered Chai'));
    expect(vector).toHaveLength(dimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 10);
  });

  it('has not changed since vectors of this name are stored', () => {
    const vector = embed('Chai');
    const filled = vector.flatMap((value, at) => (value === 0 ? [] : [`${at}:${value.toFixed(4)}`]));
    expect(filled.join(' ')).toMatchInlineSnapshot(
      `"50:0.2414 100:-0.2414 114:-0.2414 129:0.2414 177:0.6897 181:0.2414 299:-0.2414 301:0.2414 324:-0.2414 382:-0.2414"`,
    );
  });

  it('takes case, accents and compatibility forms as the same', () => {
    expect(near('México D.F.', 'MEXICO d.f.')).toBeCloseTo(1, 10);
    expect(near('ﬁnance', 'finance')).toBeCloseTo(1, 10);
  });

  it('puts texts that share words, or parts of words, nearer than others', () => {
    const asked = 'late delivery of the order';
    expect(near(asked, 'the order was delivered late')).toBeGreaterThan(near(asked, 'invoice paid in full') + 0.2);
    expect(near('Futterkiste', 'Futterkisten')).toBeGreaterThan(0.5);
    expect(near('Futterkiste', 'Emparedados')).toBeLessThan(0.3);
  });

  it('has no direction for a text without words', () => {
    expect(embed(' … !? ').every((value) => value === 0)).toBe(true);
    expect(embed('').every((value) => value === 0)).toBe(true);
  });
});

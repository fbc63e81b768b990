import { describe, expect, it } from 'vitest';
import { estimate, quantile, times, together } from './estimate.ts';

const price = {
  id: 'x',
  inputMicros: 1_000_000n,
  cachedInputMicros: null,
  outputMicros: 1_000_000n,
  batchPermille: 500,
  longestAnswer: null,
};
const used = (outputTokens: number, inputTokens = 10, countedTokens: number | null = 10) => ({
  ...{ inputTokens, countedTokens, outputTokens },
});

describe('an estimate', () => {
  it('of a node that never ran follows from its prompt, its longest answer and the price', () => {
    const asked = { input: { p50: 100, p90: 100 }, most: 1_000, price };
    expect(estimate(asked, [])).toEqual({ p50Micros: 600, p90Micros: 1_100 });
  });

  it('takes the length of answers from the node, and the input from what is asked now', () => {
    const history = [10, 20, 30, 40, 50, 60, 70, 80, 90].map((length) => used(length));
    const asked = { input: { p50: 500, p90: 500 }, most: 1_000, price };
    expect(estimate(asked, history)).toEqual({ p50Micros: 550, p90Micros: 590 });
    expect(estimate({ ...asked, input: null }, history)).toEqual({ p50Micros: 60, p90Micros: 100 });
  });

  it('learns how the provider counts', () => {
    const history = Array.from({ length: 9 }, () => used(0, 15, 10));
    expect(estimate({ input: { p50: 100, p90: 200 }, most: 10, price }, history)).toEqual({
      p50Micros: 150,
      p90Micros: 300,
    });
  });
});

describe('several', () => {
  it('cost together what they cost each, with less spread', () => {
    const one = { p50Micros: 100, p90Micros: 200 };
    expect(together([one, one, one, one])).toEqual({ p50Micros: 400, p90Micros: 600 });
    expect(times(one, { p50: 4, p90: 4 })).toEqual({ p50Micros: 400, p90Micros: 600 });
    expect(together([])).toEqual({ p50Micros: 0, p90Micros: 0 });
  });

  it('spread more where nobody knows how many', () => {
    expect(times({ p50Micros: 100, p90Micros: 100 }, { p50: 4, p90: 7 })).toEqual({ p50Micros: 400, p90Micros: 700 });
  });
});

it('a quantile of few cases is careful, and of none is nothing', () => {
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.9)).toBe(9);
  expect(quantile([1, 2, 3], 0.5)).toBe(2);
  expect(quantile([5], 0.9)).toBe(5);
  expect(quantile([1, 2], 0.5)).toBe(1.5);
  expect(quantile([], 0.5)).toBe(0);
});

import { describe, expect, it } from 'vitest';
import { listPrices } from './price-data.ts';
import { costMicros, micros } from './prices.ts';

const mini = {
  id: 'x',
  inputMicros: micros('0.40'),
  cachedInputMicros: micros('0.10'),
  outputMicros: micros('1.60'),
  batchPermille: 500,
  longestAnswer: null,
};

describe('the cost of a call', () => {
  it('is exact: a million tokens cost what the list says', () => {
    expect(costMicros({ inputTokens: 1_000_000, outputTokens: 0 }, mini)).toBe(400_000n);
    expect(costMicros({ inputTokens: 0, outputTokens: 1_000_000 }, mini)).toBe(1_600_000n);
  });

  it('is rounded up to a micro-dollar, once for the whole call', () => {
    expect(costMicros({ inputTokens: 1, outputTokens: 0 }, mini)).toBe(1n);
    expect(costMicros({ inputTokens: 5, outputTokens: 5 }, mini)).toBe(10n);
    expect(costMicros({ inputTokens: 0, outputTokens: 0 }, mini)).toBe(0n);
  });

  it('stays exact where numbers of JavaScript are not', () => {
    const price = { ...mini, inputMicros: 9_007_199_254_740_993n, outputMicros: 0n };
    expect(costMicros({ inputTokens: 1_000_000, outputTokens: 0 }, price)).toBe(9_007_199_254_740_993n);
  });

  it('is less for input that the provider had kept, and the usual where its price is not known', () => {
    const usage = { inputTokens: 1_000_000, cachedInputTokens: 600_000, outputTokens: 0 };
    expect(costMicros(usage, mini)).toBe(160_000n + 60_000n);
    expect(costMicros(usage, { ...mini, cachedInputMicros: null })).toBe(400_000n);
    expect(costMicros({ ...usage, cachedInputTokens: 2_000_000 }, mini)).toBe(100_000n);
  });

  it('is the share of a batch that the price says, rounded up once', () => {
    expect(costMicros({ inputTokens: 1_000_000, outputTokens: 0 }, mini, { batch: true })).toBe(200_000n);
    expect(costMicros({ inputTokens: 1, outputTokens: 1 }, mini, { batch: true })).toBe(1n);
  });

  it('is nothing that is known without a price', () => {
    expect(costMicros({ inputTokens: 10, outputTokens: 10 }, null)).toBe(0n);
  });
});

describe('the shipped prices', () => {
  it('are one row for each model and day, with amounts that can be read', () => {
    const ids = listPrices.map(({ provider, model, from }) => `${provider}:${model}:${from}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const price of listPrices)
      expect(micros(price.inputDollars) >= 0n && micros(price.outputDollars) >= 0n).toBe(true);
    expect(ids).toContain('openai:gpt-4.1-mini:2025-04-14');
  });

  it('refuse an amount that is not one', () => {
    for (const wrong of ['', '1,50', '-1', '0.1234567', 'free']) expect(() => micros(wrong)).toThrow('Not a price');
  });
});

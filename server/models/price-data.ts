/** A price list's row: dollars for a million tokens, as the provider publishes them. */
export type ListPrice = {
  provider: string;
  model: string;
  inputDollars: string;
  /** Null: cached input costs what other input does. */
  cachedInputDollars: string | null;
  outputDollars: string;
  /** What of the price a batch costs, in thousandths. */
  batchPermille: number;
  /** The most tokens that the model answers with. */
  longestAnswer: number | null;
  /** Day from which it holds, ISO. */
  from: string;
  source: string;
};

/**
 * Prices that this version ships: the standard rate, what cached input costs, and the half that the provider asks for
 * batches. A row is never changed: a new price is a new row with a later day.
 */
export const listPrices: ListPrice[] = [
  openai('gpt-4o-mini', { in: '0.15', cached: '0.075', out: '0.60', longest: 16_384, from: '2024-07-18' }),
  openai('gpt-4o', { in: '2.50', cached: '1.25', out: '10.00', longest: 16_384, from: '2024-10-02' }),
  openai('gpt-4.1', { in: '2.00', cached: '0.50', out: '8.00', longest: 32_768, from: '2025-04-14' }),
  openai('gpt-4.1-mini', { in: '0.40', cached: '0.10', out: '1.60', longest: 32_768, from: '2025-04-14' }),
  openai('gpt-4.1-nano', { in: '0.10', cached: '0.025', out: '0.40', longest: 32_768, from: '2025-04-14' }),
  openai('o4-mini', { in: '1.10', cached: '0.275', out: '4.40', longest: 100_000, from: '2025-04-16' }),
  openai('o3', { in: '2.00', cached: '0.50', out: '8.00', longest: 100_000, from: '2025-06-10' }),
  openai('gpt-5', { in: '1.25', cached: '0.125', out: '10.00', longest: 128_000, from: '2025-08-07' }),
  openai('gpt-5-mini', { in: '0.25', cached: '0.025', out: '2.00', longest: 128_000, from: '2025-08-07' }),
  openai('gpt-5-nano', { in: '0.05', cached: '0.005', out: '0.40', longest: 128_000, from: '2025-08-07' }),
  openai('gpt-5.1', { in: '1.25', cached: '0.125', out: '10.00', longest: 128_000, from: '2025-11-13' }),
  openai('gpt-5.4', { in: '2.50', cached: '0.25', out: '15.00', longest: 128_000, from: '2026-06-04' }),
  openai('gpt-5.4-mini', { in: '0.75', cached: '0.075', out: '4.50', longest: 128_000, from: '2026-06-04' }),
  openai('gpt-5.4-nano', { in: '0.20', cached: '0.02', out: '1.25', longest: 128_000, from: '2026-06-04' }),
  openai('gpt-5.5', { in: '5.00', cached: '0.50', out: '30.00', longest: 128_000, from: '2026-06-04' }),
  openai('text-embedding-3-small', { in: '0.02', cached: null, out: '0', longest: 0, from: '2024-01-25' }),
  openai('text-embedding-3-large', { in: '0.13', cached: null, out: '0', longest: 0, from: '2024-01-25' }),
  {
    provider: 'rehearsal',
    model: 'rehearsal-1',
    inputDollars: '0',
    cachedInputDollars: null,
    outputDollars: '0',
    batchPermille: 1_000,
    longestAnswer: null,
    from: '2025-01-01',
    source: 'Offline: no model is asked, nothing is charged.',
  },
];

type Published = { in: string; cached: string | null; out: string; longest: number; from: string };

function openai(model: string, price: Published): ListPrice {
  return {
    provider: 'openai',
    model,
    inputDollars: price.in,
    cachedInputDollars: price.cached,
    outputDollars: price.out,
    batchPermille: 500,
    longestAnswer: price.longest,
    from: price.from,
    source: 'https://openai.com/api/pricing',
  };
}

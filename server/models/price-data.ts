/** A price list's row: dollars for a million tokens, as the provider publishes them. */
export type ListPrice = {
  provider: string;
  model: string;
  inputDollars: string;
  outputDollars: string;
  /** Day from which it holds, ISO. */
  from: string;
  source: string;
};

/**
 * Prices that this version ships: the standard rate, without discounts for cached input or batches, so that what is
 * shown is never less than the bill. A row is never changed: a new price is a new row with a later day.
 */
export const listPrices: ListPrice[] = [
  openai('gpt-4o-mini', { in: '0.15', out: '0.60', from: '2024-07-18' }),
  openai('gpt-4o', { in: '2.50', out: '10.00', from: '2024-10-02' }),
  openai('gpt-4.1', { in: '2.00', out: '8.00', from: '2025-04-14' }),
  openai('gpt-4.1-mini', { in: '0.40', out: '1.60', from: '2025-04-14' }),
  openai('gpt-4.1-nano', { in: '0.10', out: '0.40', from: '2025-04-14' }),
  openai('o4-mini', { in: '1.10', out: '4.40', from: '2025-04-16' }),
  openai('o3', { in: '2.00', out: '8.00', from: '2025-06-10' }),
  openai('gpt-5', { in: '1.25', out: '10.00', from: '2025-08-07' }),
  openai('gpt-5-mini', { in: '0.25', out: '2.00', from: '2025-08-07' }),
  openai('gpt-5-nano', { in: '0.05', out: '0.40', from: '2025-08-07' }),
  {
    provider: 'rehearsal',
    model: 'rehearsal-1',
    inputDollars: '0',
    outputDollars: '0',
    from: '2025-01-01',
    source: 'Offline: no model is asked, nothing is charged.',
  },
];

function openai(model: string, price: { in: string; out: string; from: string }): ListPrice {
  const { in: inputDollars, out: outputDollars, from } = price;
  return { provider: 'openai', model, inputDollars, outputDollars, from, source: 'https://openai.com/api/pricing' };
}

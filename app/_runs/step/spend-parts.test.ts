import { expect, it } from 'vitest';
import { bandOf, partsOf } from './spend-parts.ts';

const row = {
  model: 'gpt-4.1-mini',
  provider: 'openai',
  rehearsal: false,
  inputTokens: 3_120,
  outputTokens: 214,
  priceId: 'p41',
  inputMicrosPerM: 400_000,
  outputMicrosPerM: 1_600_000,
  costMicros: 1_590,
  cached: false,
  permille: 1_000,
  at: 0,
};

it('splits a call into input and output that add up to what was settled', () => {
  const [input, output] = partsOf(row);
  expect(input).toEqual({ name: 'Input', tokens: 3_120, microsPerM: 400_000, micros: 1_248 });
  expect(output.micros).toBe(342);
});

it('splits what a batch cost by its share of the price', () => {
  expect(partsOf({ ...row, costMicros: 795, permille: 500 }).map(({ micros }) => micros)).toEqual([624, 171]);
});

it('does not invent an amount where the model has no price', () => {
  expect(partsOf({ ...row, inputMicrosPerM: null, outputMicrosPerM: null }).map((part) => part.micros)).toEqual([
    null,
    null,
  ]);
});

it('places the actual cost against the band of earlier ones', () => {
  const band = bandOf({ p50Micros: 1_480, p90Micros: 2_330, samples: 12 }, 1_590);
  expect(band.from).toBeLessThan(band.at);
  expect(band.at).toBeLessThan(band.to);
  expect(bandOf({ p50Micros: 0, p90Micros: 0, samples: 1 }, 0)).toEqual({ from: 0, to: 0, at: 0 });
});

import { expect, test } from 'vitest';
import { costWords } from './run-cost.tsx';

test('the cost of a run is told as likely and at most, and neither unpriced nor unknown as free', () => {
  expect(costWords({ run: { p50Micros: 1_234, p90Micros: 5_678 }, unpriced: [] })).toBe(
    'Likely $0.0012; nine of ten runs cost up to $0.0057.',
  );
  expect(costWords({ run: { p50Micros: 0, p90Micros: 0 }, unpriced: [] })).toBe('Costs nothing.');
  expect(costWords({ run: null, unpriced: [] })).toContain('No estimate yet');
  expect(costWords({ run: null, unpriced: ['llama3.2'] })).toBe('Unpriced: nobody knows what llama3.2 costs.');
});

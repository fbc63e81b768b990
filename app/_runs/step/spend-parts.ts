import type { Estimate, StepSpend } from '#server/runs/types.ts';

/** One line of a statement. `micros` is null where the price is unknown. */
export type SpendPart = { name: 'Input' | 'Output'; tokens: number; microsPerM: number | null; micros: number | null };

/** Splits what a call cost into input and output, so that the two add up to what was settled. */
export function partsOf(row: StepSpend): [SpendPart, SpendPart] {
  const known = row.inputMicrosPerM !== null && row.outputMicrosPerM !== null;
  const input = known
    ? Math.min(row.costMicros, Math.round((row.inputTokens * (row.inputMicrosPerM ?? 0) * row.permille) / 1e9))
    : null;
  return [
    { name: 'Input', tokens: row.inputTokens, microsPerM: row.inputMicrosPerM, micros: input },
    {
      name: 'Output',
      tokens: row.outputTokens,
      microsPerM: row.outputMicrosPerM,
      micros: input === null ? null : row.costMicros - input,
    },
  ];
}

/** Where p50, p90 and the actual lie on a line of 100, which ends a little beyond the largest. */
export function bandOf(estimate: Estimate, actualMicros: number): { from: number; to: number; at: number } {
  const end = Math.max(estimate.p90Micros, actualMicros, 1) * 1.15;
  const place = (micros: number) => Math.round((micros / end) * 1000) / 10;
  return { from: place(estimate.p50Micros), to: place(estimate.p90Micros), at: place(actualMicros) };
}

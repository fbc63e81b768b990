/** One row of the bench. Times are in milliseconds; `bare`: the same figures of bare React Flow in the same run. */
export type Case = {
  name: string;
  what: string;
  figures: Record<string, number>;
  bare?: Record<string, number>;
  target: string;
  met: boolean;
};

export const rounded = (value: number): number => Math.round(value * 10) / 10;
export const ratio = (value: number): number => Math.round(value * 100) / 100;

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
    : (sorted[Math.floor(middle)] ?? Number.NaN);
}

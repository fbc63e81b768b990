/** A bench measures against a target on the real product. Exit 1 where the target is missed. */
export type Bench = (say: (line: string) => void) => Promise<{ json: unknown; text: string; met: boolean }>;

/** The q-th quantile, 0 to 1, of some figures by the nearest-rank method. */
export function quantile(figures: readonly number[], q: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

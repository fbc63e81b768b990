import type { Ranking } from './ranking.ts';

const dayMs = 86_400_000;
type Weighing = Pick<Ranking, 'recencyWeight' | 'recencyHalfLifeDays' | 'importanceWeight'>;

/**
 * What a memory's score is multiplied by for how recent and important it is. `at` and `now` in epoch milliseconds;
 * what lies in the future is as recent as now.
 */
export function weightOf({ at, importance }: { at: number; importance: number }, by: Weighing, now: number): number {
  const ageDays = Math.max(0, now - at) / dayMs;
  const recency = by.recencyWeight * 0.5 ** (ageDays / by.recencyHalfLifeDays);
  return (1 + recency) * (1 + 2 * by.importanceWeight * (importance - 0.5));
}

import type { SpendBucket, SpendMover, SpendPart } from './types.ts';

/** So many buckets before say what is usual. */
const looksBack = 14;
const fewest = 5;
/** How far beyond what is usual is unusual, in median deviations; and at least this share and amount above it. */
const deviations = 5;
const leastShare = 1.5;
const leastMicros = 10_000;
/** Makes a median deviation comparable with a standard deviation. */
const normal = 1.4826;

/**
 * Marks the buckets that cost far more than those before them: more than five deviations above the median of up to 14, half
 * as much again, and more than a cent. Median and median deviation, so that one such day does not hide the next.
 */
export function markAnomalies(course: readonly { from: string; micros: number }[]): SpendBucket[] {
  return course.map(({ from, micros }, index) => {
    const before = course.slice(Math.max(0, index - looksBack), index).map((bucket) => bucket.micros);
    if (before.length < fewest) return { from, micros, usualMicros: null, anomaly: false };
    const usual = median(before);
    const spread = median(before.map((one) => Math.abs(one - usual))) * normal;
    const anomaly =
      micros > usual + deviations * spread && micros >= usual * leastShare && micros - usual > leastMicros;
    return { from, micros, usualMicros: usual, anomaly };
  });
}

const mostMovers = 5;

/** The parts that changed most against the time before, those that are gone included. */
export function moversOf(
  parts: readonly Pick<SpendPart, 'key' | 'title' | 'micros' | 'previousMicros'>[],
  before: readonly Pick<SpendPart, 'key' | 'title' | 'micros'>[],
): SpendMover[] {
  const now = new Set(parts.map(({ key }) => key));
  const gone = before
    .filter(({ key }) => !now.has(key))
    .map(({ key, title, micros }) => ({ key, title, micros: 0, previousMicros: micros }));
  return [...parts, ...gone]
    .map(({ key, title, micros, previousMicros }) => ({
      ...{ key, title, micros, previousMicros },
      changeMicros: micros - previousMicros,
    }))
    .filter(({ changeMicros }) => changeMicros !== 0)
    .sort((a, b) => Math.abs(b.changeMicros) - Math.abs(a.changeMicros))
    .slice(0, mostMovers);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

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
 * as much again, more than a cent, and more than all of them but one. So neither does one such day hide the next, nor is a
 * day marked that is as dear every week. What comes before the first that was spent does not count.
 */
export function markAnomalies(course: readonly { from: string; micros: number }[]): SpendBucket[] {
  const begun = course.findIndex(({ micros }) => micros > 0);
  return course.map(({ from, micros }, index) => {
    const before = course.slice(Math.max(0, begun, index - looksBack), index).map((bucket) => bucket.micros);
    if (before.length < fewest) return { from, micros, usualMicros: null, anomaly: false };
    const usual = median(before);
    const spread = median(before.map((one) => Math.abs(one - usual))) * normal;
    const anomaly =
      micros > usual + deviations * spread &&
      micros >= usual * leastShare &&
      micros - usual > leastMicros &&
      micros > secondOf(before);
    return { from, micros, usualMicros: usual, anomaly };
  });
}

/** The first day that tells what is usual where a course is shown from `from` on. */
export function firstLookedAt(from: string, per: 'day' | 'week' | 'month'): string {
  const day = new Date(`${from}T00:00:00Z`);
  if (per === 'month') day.setUTCMonth(day.getUTCMonth() - looksBack - 1, 1);
  else day.setUTCDate(day.getUTCDate() - (per === 'day' ? looksBack : (looksBack + 1) * 7));
  return day.toISOString().slice(0, 10);
}

/** The buckets from the one on that holds the day `from`. */
export function shownFrom<Bucket extends { from: string }>(course: readonly Bucket[], from: string): Bucket[] {
  return course.slice(
    Math.max(
      0,
      course.findLastIndex((bucket) => bucket.from <= from),
    ),
  );
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

const secondOf = (values: readonly number[]): number => [...values].sort((a, b) => b - a)[1] ?? 0;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

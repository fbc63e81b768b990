/** Units in which spans of time are written, the smallest first. */
export const units = {
  s: { title: 's', ms: 1_000 },
  min: { title: 'min', ms: 60_000 },
  h: { title: 'hours', ms: 3_600_000 },
  d: { title: 'days', ms: 86_400_000 },
} as const;
export type TimeUnit = keyof typeof units;

/** The largest unit that tells a span in whole numbers; seconds where none does. */
export function unitOf(ms: number): TimeUnit {
  const names = Object.keys(units) as TimeUnit[];
  return names.findLast((name) => ms >= units[name].ms && ms % units[name].ms === 0) ?? 's';
}

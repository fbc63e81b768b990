import { duration, money } from '#app/_ui/format.ts';

/** An amount as roughly as an estimate is: two significant digits. */
export function roughly(value: number): number {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Math.round(value / step) * step;
}

type Band = { p50: number; p90: number };

/** `est. $0.0015–0.0023`: what half of the steps cost at most, and nine of ten. */
export function costBand({ p50, p90 }: Band): string {
  const [low, high] = [money(roughly(p50)), money(roughly(p90))];
  return low === high ? `est. ${low}` : `${low}–${high.slice(1)}`;
}

/** `1.84–3.10 s`; spans of minutes and more by the median alone. */
export function timeBand({ p50, p90 }: Band): string {
  const [low, high] = [duration(p50), duration(p90)];
  const [from, unit, ...more] = low.split(' ');
  const [to, same, ...rest] = high.split(' ');
  if (low === high || more.length + rest.length > 0 || unit !== same) return `est. ${low}`;
  return `${from}–${to} ${unit}`;
}

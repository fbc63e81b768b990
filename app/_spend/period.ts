export type Period = '7' | '30' | '90' | '365';
/** First and last day, both included, and how the time between is cut. */
export type Days = { from: string; to: string; per: 'day' | 'week' | 'month' };

const dayMs = 86_400_000;
const perOf: Record<Period, Days['per']> = { '7': 'day', '30': 'day', '90': 'week', '365': 'month' };

/** The last so many days, today included, in the time zone of this browser. */
export function daysOf(period: Period, now: number): Days {
  const offsetMs = new Date(now).getTimezoneOffset() * 60_000;
  const text = (ms: number): string => new Date(ms - offsetMs).toISOString().slice(0, 10);
  return { from: text(now - (Number(period) - 1) * dayMs), to: text(now), per: perOf[period] };
}

export const inBandHint =
  'Calls that cost what their estimate said: no more than nine of ten such calls, and no further below the middle than that is above it.';

/** `12 Nov`, `Nov 2026`: where a bucket begins. */
export function bucketText(from: string, per: Days['per']): string {
  const at = new Date(`${from}T12:00:00`);
  const parts: Intl.DateTimeFormatOptions =
    per === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat('en-GB', parts).format(at);
}

/** `+12 %`, `−8 %`, `new`: how an amount stands to the one before. */
export function changeText(micros: number, previousMicros: number): string {
  if (previousMicros === 0) return micros === 0 ? '–' : 'new';
  const change = Math.round(((micros - previousMicros) / previousMicros) * 100);
  return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${Math.abs(change)} %`;
}

/** A time on the clock of some place, without saying which moment it is. */
export type LocalTime = { hour: number; minute: number; second: number };
export type LocalDateTime = LocalTime & { year: number; month: number; day: number };
export type LocalMoment = ({ kind: 'date-time' } & LocalDateTime) | ({ kind: 'time' } & LocalTime);

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether this is the name of a time zone, as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

/** Reads `2026-03-29T02:30`, `2026-03-29 02:30:15` or `09:00`; null for what is neither, or no day of the calendar. */
export function readLocal(text: string): LocalMoment | null {
  const found = /^(?:(\d{4})-(\d\d)-(\d\d)[T ])?(\d\d):(\d\d)(?::(\d\d))?$/.exec(text.trim());
  if (!found) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => part && Number(part)) as (
    | number
    | undefined
  )[];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const time = { hour, minute, second };
  if (year === undefined || month === undefined || day === undefined) return { kind: 'time', ...time };
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? { kind: 'date-time', year, month, day, ...time } : null;
}

/**
 * The moment (epoch milliseconds) at which the clocks of a zone show a local time. One that they skip when they are put
 * forward is moved forward by as much; of one that they show twice it is the first (as RFC 5545 §3.3.5 reads them).
 */
export function momentOf({ year, month, day, hour, minute, second }: LocalDateTime, zone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const before = offsetAt(asUtc - dayMs, zone);
  const after = offsetAt(asUtc + dayMs, zone);
  const shown = [asUtc - before, asUtc - after].filter((moment) => moment + offsetAt(moment, zone) === asUtc);
  return shown.length > 0 ? Math.min(...shown) : asUtc - before;
}

/** The next moment after another at which the clocks of a zone show a time of day. */
export function nextTime(time: LocalTime, zone: string, afterMs: number): number {
  return timesAround(time, zone, afterMs).find((moment) => moment > afterMs)!;
}

/** The last moment, up to another, at which the clocks of a zone showed a time of day. */
export function lastTime(time: LocalTime, zone: string, untilMs: number): number {
  return timesAround(time, zone, untilMs).findLast((moment) => moment <= untilMs)!;
}

function timesAround(time: LocalTime, zone: string, aroundMs: number): number[] {
  const today = new Date(aroundMs + offsetAt(aroundMs, zone));
  return [-2, -1, 0, 1, 2].map((days) => {
    const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + days));
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return momentOf({ year, month, day, ...time }, zone);
  });
}

/** By how much the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const parts = formatterOf(zone).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(moment / 1_000) * 1_000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts });
  formatters.set(zone, made);
  return made;
}

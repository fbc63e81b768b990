import { dayOf, isSameDay, minuteOf, secondOf, weekdayOf, yearOf } from './local-time.ts';

/** Pure formatters. Money comes in integer micro-dollars, times and spans in milliseconds. */

const count = new Intl.NumberFormat('en-US');

/** `$0.00159`: four significant digits, at least two decimals unless it is nothing. For chips and headings. */
export function money(micros: number): string {
  if (micros === 0) return '$0';
  const dollars = Math.abs(micros) / 1e6;
  const decimals = Math.min(6, Math.max(2, 3 - Math.floor(Math.log10(dollars))));
  const [whole = '0', fraction = ''] = dollars.toFixed(decimals).split('.');
  const trimmed = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${micros < 0 ? '−' : ''}$${count.format(Number(whole))}.${trimmed}`;
}

/** `$0.001590`: all six decimals, so that a column of amounts adds up to the digit. */
export function statement(micros: number): string {
  return `${micros < 0 ? '−' : ''}$${amount(Math.abs(micros))}`;
}

/** `0.001590`: a statement's amount without the sign, where the heading names the currency. */
export function amount(micros: number): string {
  const whole = Math.trunc(micros / 1e6);
  return `${count.format(whole)}.${String(Math.abs(Math.round(micros) % 1e6)).padStart(6, '0')}`;
}

/** `1,590 micro-dollars`: what is stored, for the hover. */
export function exactMicros(micros: number): string {
  return `${count.format(micros)} micro-dollar${Math.abs(micros) === 1 ? '' : 's'}`;
}

/** `3,394`. */
export function integer(value: number): string {
  return count.format(Math.round(value));
}

/** `36 %` of a share between 0 and 1. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `1 run`, `3 runs`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${integer(value)} ${value === 1 ? one : many}`;
}

/** `812 B`, `14.2 KB`, `3.1 MB`. */
export function bytes(value: number): string {
  if (value < 1_000) return `${value} B`;
  return value < 1_000_000 ? `${(value / 1e3).toFixed(1)} KB` : `${(value / 1e6).toFixed(1)} MB`;
}

/** How long something took: `0.08 s`, `38.3 s`, `31 min 12 s`, `2 h 06 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 0) return duration(0);
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.round(ms / 3_600_000);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Age in one unit: `12 s`, `24 min`, `2 h`, `3 d`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Age in two units where the second says something: `24 min`, `1 h 12 min`, `3 d 4 h`. */
export function ageLong(ms: number): string {
  if (ms < 3_600_000) return age(ms);
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(minutes / 1_440)} d ${Math.floor(minutes / 60) % 24} h`;
}

/** `Mon 17 Nov, 08:30:02`, with the year where it is not this one. Local time. */
export function absolute(at: number, now = Date.now()): string {
  const day = yearOf(at) === yearOf(now) ? `${weekdayOf(at)} ${dayOf(at)}` : `${dayOf(at)} ${yearOf(at)}`;
  return `${day}, ${secondOf(at)}`;
}

/** A point in time as briefly as it stays clear: `08:30`, `17 Nov, 08:30`, `17 Nov 2024`. Local time. */
export function moment(at: number, now = Date.now()): string {
  if (isSameDay(at, now)) return minuteOf(at);
  return yearOf(at) === yearOf(now) ? `${dayOf(at)}, ${minuteOf(at)}` : `${dayOf(at)} ${yearOf(at)}`;
}

/** `08:30:02.6`, for the head of a step. Local time. */
export function clock(at: number): string {
  return `${secondOf(at)}.${Math.floor((at % 1000) / 100)}`;
}

/** Risk as it stands on cards and rows: `0.6`. */
export function risk(value: number): string {
  return String(Math.round(value * 100) / 100);
}

import { costOf, made, spend } from './budget.ts';
import { daysBetween, toTime } from './times.ts';
import { toJson, toText } from './values.ts';

type Handler = (...args: never[]) => unknown;

/**
 * Functions beyond those of CEL, by their signatures in the library's notation. All are pure. Numbers are doubles
 * throughout (see prepare.ts), so what CEL declares for `int` is declared for `double` here too.
 */
export const ownFunctions: Record<string, Handler> = {
  'lower(string): string': (text: string) => text.toLowerCase(),
  'upper(string): string': (text: string) => text.toUpperCase(),
  'trim(string): string': (text: string) => text.trim(),
  'string.lower(): string': (text: string) => text.toLowerCase(),
  'string.upper(): string': (text: string) => text.toUpperCase(),
  'string.replace(string, string): string': replace,
  'string.split(string, double): list<string>': (text: string, by: string, most: number) => split(text, by, most),
  'string.substring(double): string': (text: string, start: number) => substring(text, start, text.length),
  'string.substring(double, double): string': substring,
  'string.indexOf(string, double): double': (text: string, part: string, from: number) => text.indexOf(part, from),
  'string.like(string): bool': like,
  'like(string, string): bool': like,
  'join(list, string): string': join,
  'round(double): double': (value: number) => round(value, 0),
  'round(double, double): double': round,
  'floor(double): double': (value: number) => Math.floor(value),
  'ceil(double): double': (value: number) => Math.ceil(value),
  'abs(double): double': (value: number) => Math.abs(value),
  'min(double, double): double': (a: number, b: number) => Math.min(a, b),
  'max(double, double): double': (a: number, b: number) => Math.max(a, b),
  'sum(list): double': (values: unknown[]) => values.reduce((total: number, value) => total + numberIn(value), 0),
  'date(dyn): google.protobuf.Timestamp': toTime,
  'timestamp(double): google.protobuf.Timestamp': (seconds: number) => new Date(seconds * 1000),
  'string(google.protobuf.Timestamp): string': (at: Date) => at.toISOString(),
  'daysBetween(dyn, dyn): double': daysBetween,
  'text(dyn): string': (value: unknown) => made(toText(value)),
  'json(dyn): string': (value: unknown) => made(JSON.stringify(toJson(value))),
};

function replace(text: string, part: string, by: string): string {
  const pieces = text.split(part);
  spend(costOf(pieces) + pieces.length * costOf(by));
  return made(pieces.join(by));
}

function split(text: string, by: string, most: number): string[] {
  const parts = text.split(by);
  return most <= 0 || parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(by)];
}

function substring(text: string, start: number, end: number): string {
  if (start < 0 || end < start || end > text.length)
    throw new Error(`substring(${start}, ${end}) is out of range: the text has ${text.length} characters.`);
  return text.substring(start, end);
}

function join(values: unknown[], by: string): string {
  spend(values.length * costOf(by));
  return made(values.map(toText).join(by));
}

/** Decimal places as people count them: 1.005 to two places is 1.01, and halves go away from zero. */
function round(value: number, places: number): number {
  if (!Number.isInteger(places) || places < 0 || places > 10) throw new Error('round takes 0 to 10 decimal places.');
  const size = Math.abs(value);
  // Beyond these, numbers print with an exponent of their own, and have no such places.
  if (!(size < 1e15) || size < 1e-6) return size < 1 ? 0 : value;
  return Math.sign(value) * Number(`${Math.round(Number(`${size}e${places}`))}e-${places}`) + 0;
}

function numberIn(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Error(`sum adds numbers; the list has ${JSON.stringify(value)}.`);
}

/** Whether a text fits a pattern in which `*` stands for any characters. Each piece is looked for once, from the left. */
function like(text: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] as string;
  const last = pieces.at(-1) as string;
  if (pieces.length === 1) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, from);
    if (found < 0 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}

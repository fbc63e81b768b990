import type { Json } from '#nodes/core/json.ts';
import { integer, plural } from './format.ts';

const namingKeys = ['name', 'title', 'subject', 'companyName', 'company', 'label', 'key', 'email', 'id'];

/** One line that says what a value is: the text itself, "4 items", or what an object is called. At most `limit` characters. */
export function brief(value: Json | undefined, limit = 80): string {
  if (value === undefined) return '';
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) > 9_999 ? integer(value) : String(value);
  if (typeof value === 'string') return cut(value.replace(/\s+/g, ' ').trim(), limit);
  if (Array.isArray(value)) return plural(value.length, 'item');
  const named = namingKeys.map((key) => value[key]).find((member) => typeof member === 'string' && member !== '');
  if (named !== undefined) return brief(named, limit);
  const entries = Object.entries(value);
  if (entries.length === 0) return 'empty';
  const flat = entries.filter(([, member]) => member === null || typeof member !== 'object');
  if (flat.length === 0) return entries.map(([key]) => key).join(', ');
  return cut(flat.map(([key, member]) => `${key} ${brief(member, 24)}`).join(', '), limit);
}

/** Members in the order in which they are best read: short values, then long texts, then lists and objects. */
export function inReadingOrder(entries: readonly [name: string, value: Json][]): [name: string, value: Json][] {
  return entries.toSorted(([, a], [, b]) => weight(a) - weight(b));
}

function weight(value: Json): number {
  if (typeof value === 'object' && value !== null) return 3;
  if (typeof value !== 'string') return 0;
  return value.length > 240 || value.includes('\n') ? 2 : value.length > 80 ? 1 : 0;
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`;
}

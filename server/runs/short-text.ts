import type { Json } from '#nodes/core/json.ts';

const longestText = 60;
const telling = [/^(title|name|label|subject)$/i, /name$/i, /^(email|id|key)$/i];

/** A short text that tells the operator which item a value is: of an object, its most telling member. */
export function shortText(value: Json): string {
  if (value === null) return '';
  if (typeof value !== 'object') return cut(String(value));
  if (Array.isArray(value)) return `${value.length} items`;
  const members = Object.entries(value).filter(([, member]) => isText(member));
  for (const pattern of telling) {
    const member = members.find(([name]) => pattern.test(name));
    if (member) return cut(String(member[1]));
  }
  return cut(String(members[0]?.[1] ?? ''));
}

function isText(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line;
}

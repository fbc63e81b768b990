import type { Json } from '#nodes/core/json.ts';

/** So much of a value is shown. */
const mostChars = 2_000;
const mostItems = 50;

/** A value as text, cut where it is long: text as it is, everything else as JSON with spaces. */
export function shortened(value: Json): { shown: string; more: number } {
  const whole = typeof value === 'string' ? value : written(value);
  return whole.length <= mostChars
    ? { shown: whole, more: 0 }
    : { shown: whole.slice(0, mostChars), more: whole.length - mostChars };
}

/** JSON on one line, `{name: "x"}` with its names bare. Of long lists the beginning. */
function written(value: Json): string {
  if (Array.isArray(value)) {
    const rest = value.length > mostItems ? [`… ${value.length - mostItems} more`] : [];
    return `[${[...value.slice(0, mostItems).map(written), ...rest].join(', ')}]`;
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${nameOf(name)}: ${written(member)}`);
  return `{${members.join(', ')}}`;
}

function nameOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

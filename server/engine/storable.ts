/**
 * JSON text that Postgres can hold as jsonb: NUL and lone surrogates, which jsonb refuses, become U+FFFD.
 * What it replaces is not text in any encoding, so nothing readable is lost.
 */
export function storable(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text;
  return JSON.stringify(clean(value));
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd');
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), clean(member)]));
}

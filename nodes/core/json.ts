/** Any JSON value: what a graph, a binding or a node's output may hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * Serialises with object keys sorted and `undefined` members dropped, so that equal values have one text.
 * It is what hashes are taken of (cf. RFC 8785, without its number formatting rules: JSON.stringify's are used).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value)) ?? 'null';
}

/** A copy with the members of all objects in one order; JSON.stringify is faster than any writer of our own. */
function ordered(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(ordered);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member = ordered(Reflect.get(value, key));
    // Assigning to this one name would not make a member.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: member, enumerable: true });
    else copy[key] = member;
  }
  return copy;
}

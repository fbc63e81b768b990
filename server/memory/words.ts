/** Word → how often it stands in a text. */
export type Words = Map<string, number>;

/**
 * Reads what Postgres writes for a tsvector: `'order':1,5 'chai':3A`. A word without places counts once. In quotes a
 * quote and a backslash are doubled.
 */
export function parseWords(tsvector: string): Words {
  const words: Words = new Map();
  let at = 0;
  while (at < tsvector.length) {
    const end = closingQuote(tsvector, at + 1);
    const word = tsvector.slice(at + 1, end);
    const next = tsvector.indexOf(' ', end + 1);
    const stop = next === -1 ? tsvector.length : next;
    words.set(
      word.includes("'") || word.includes('\\') ? word.replace(/(['\\])\1/g, '$1') : word,
      places(tsvector, end + 1, stop),
    );
    at = stop + 1;
  }
  return words;
}

/** How many words a text has, each as often as it stands there. */
export function lengthOf(words: Words): number {
  let length = 0;
  for (const count of words.values()) length += count;
  return length;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf("'", from); ; at = text.indexOf("'", at + 2)) if (text[at + 1] !== "'") return at;
}

function places(text: string, from: number, to: number): number {
  let count = 1;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 44) count += 1;
  return count;
}

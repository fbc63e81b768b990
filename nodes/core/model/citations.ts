import type { Json } from '../json.ts';

/** `[2]` or `[1, 3]` in a text: where it stands, in UTF-16 units, and the numbers that it names. */
export type Citation = { start: number; end: number; numbers: number[] };

const marker = /\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]/g;

/** The citations in a text, as models write them of a numbered list that they were given. */
export function citationsIn(text: string): Citation[] {
  return [...text.matchAll(marker)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    numbers: (match[1] as string).split(/[,;]/).map(Number),
  }));
}

/** The numbers that an answer cites, each once, rising. Of an answer in JSON only the texts in it count: `[1]` may be a list there. */
export function citedNumbers(answer: string, isJson: boolean): number[] {
  const texts = isJson ? textsIn(parsed(answer)) : [answer];
  const numbers = texts.flatMap((text) => citationsIn(text).flatMap((citation) => citation.numbers));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function parsed(answer: string): Json {
  try {
    return JSON.parse(answer) as Json;
  } catch {
    // What is no JSON is refused by who asked for it; it cites nothing.
    return null;
  }
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

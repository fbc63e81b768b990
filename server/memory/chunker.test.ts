import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunk } from './chunker.ts';

const sentence = 'Alfreds Futterkiste ordered forty boxes of Chai for the shop in Berlin. ';

describe('chunk', () => {
  it('keeps a short text whole', () => {
    expect(chunk('  Order 10643, shipped to Berlin.  ')).toEqual([
      { ord: 0, text: 'Order 10643, shipped to Berlin.', start: 2, end: 33 },
    ]);
    expect(chunk(' \n ')).toEqual([]);
  });

  it('cuts between sentences', () => {
    const chunks = chunk(sentence.repeat(40));
    expect(chunks.length).toBeGreaterThan(3);
    for (const { text } of chunks) expect(text).toMatch(/^Alfreds .*\.$/s);
  });

  it('cuts a sentence that is too long between words, and a word that is too long anywhere', () => {
    for (const { text } of chunk('many words '.repeat(300))) expect(text).toMatch(/^(many|words)\b.*\b(many|words)$/);
    expect(chunk('x'.repeat(2_000)).map(({ text }) => text.length)).toEqual([800, 800, 400]);
  });

  it('covers every text in order, with true offsets and within the size', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 4_000 }), (text) => {
        const chunks = chunk(text);
        let from = 0;
        for (const { text: part, start, end } of chunks) {
          expect(text.slice(start, end)).toBe(part);
          expect(text.slice(from, start).trim()).toBe('');
          expect(part.length).toBeLessThanOrEqual(800);
          expect(part.isWellFormed()).toBe(text.isWellFormed());
          from = end;
        }
        expect(text.slice(from).trim()).toBe('');
      }),
    );
  });
});

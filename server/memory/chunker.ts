/** What a chunk is filled up to, in UTF-16 units. */
const targetChars = 800;

export type Chunk = { ord: number; text: string; start: number; end: number };

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Cuts a text into chunks of at most 800 UTF-16 units: at ends of sentences, and inside a sentence that is longer at
 * the last white space that fits. `text.slice(start, end)` is the chunk; chunks leave out the white space between them.
 */
export function chunk(text: string): Chunk[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { segment, index } of sentences.segment(text)) {
    const last = ranges.at(-1);
    if (last && index + segment.trimEnd().length - last.start <= targetChars) last.end = index + segment.length;
    else ranges.push(...pieces(text, index, index + segment.length));
  }
  return ranges
    .map((range) => trimmed(text, range))
    .filter(({ start, end }) => end > start)
    .map(({ start, end }, ord) => ({ ord, text: text.slice(start, end), start, end }));
}

function pieces(text: string, start: number, end: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let from = start;
  while (text.slice(from, end).trimEnd().length > targetChars) {
    const cut = cutAt(text, from);
    found.push({ start: from, end: cut });
    from = cut;
  }
  found.push({ start: from, end });
  return found;
}

function cutAt(text: string, from: number): number {
  const window = text.slice(from, from + targetChars + 1);
  const space = Math.max(window.lastIndexOf(' '), window.lastIndexOf('\n'), window.lastIndexOf('\t'));
  // A space near the start would make a chunk of a few letters; then the text has no words to keep whole.
  if (space > targetChars / 4) return from + space;
  const cut = from + targetChars;
  return isLowSurrogate(text.charCodeAt(cut)) ? cut - 1 : cut;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function trimmed(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const piece = text.slice(start, end);
  const left = piece.length - piece.trimStart().length;
  return { start: start + left, end: start + Math.max(left, piece.trimEnd().length) };
}

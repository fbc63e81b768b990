/**
 * `count` texts of the length of one passage, each made of sentences of two documents and a word of its own. The same
 * documents give the same texts.
 */
export function textsLike(documents: readonly string[], count: number, chars = 700): string[] {
  const sentences = documents.map((text) => text.split(/(?<= \.)\s+/).filter((sentence) => sentence.length > 20));
  const random = numbers(7);
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, (_, n) => {
    const sources = [oneOf(sentences) ?? [], oneOf(sentences) ?? []].filter((list) => list.length > 0);
    let text = `Report r${(n + 1).toString(36)}x.`;
    while (text.length < chars && sources.length > 0) {
      const sentence = oneOf(oneOf(sources) ?? []) ?? '';
      if (text.length + sentence.length > chars + 90) break;
      text += ` ${sentence}`;
    }
    return text;
  });
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

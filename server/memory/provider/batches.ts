const mostTexts = 128;
/** Providers refuse a request with more tokens than some hundred thousand; a letter is never more than a token or so. */
const mostLetters = 120_000;

/** Texts in as few requests as providers take, in their order. */
export function batchesOf<T extends readonly [hash: string, text: string]>(texts: readonly T[]): T[][] {
  const batches: T[][] = [];
  let letters = 0;
  for (const each of texts) {
    const last = batches.at(-1);
    letters += each[1].length;
    if (last && last.length < mostTexts && letters <= mostLetters) last.push(each);
    else {
      batches.push([each]);
      letters = each[1].length;
    }
  }
  return batches;
}

/**
 * `lexical-hash-v1`: lexical similarity, no language model. Words and their character 3- to 5-grams are hashed into a
 * fixed number of signed dimensions (the hashing trick, Weinberger et al. 2009). Texts that share words or parts of
 * words come out near each other, misspellings and inflections included; texts that say the same in other words do not.
 * The same text gives the same vector on every machine. Any change to this file needs a new name, because vectors that
 * are already in an index would no longer fit.
 */
export const embedderName = 'lexical-hash-v1';
export const dimensions = 384;

const wordWeight = 1;
const gramWeight = 0.35;
const gramSizes = [3, 4, 5];
/** Longer words (links, encoded data) are cut, so that one of them cannot outweigh a text. */
const longestWord = 40;
const word = /[\p{L}\p{N}]+/gu;
// Words that stand in nearly every English text say nothing about what it is about.
const stopWords: ReadonlySet<string> = new Set(
  `a an and are as at be been but by can did do does for from had has have he her his i if in into is it its of on or
   our she so than that the their them then there these they this to was we were what when which who will with would you
   your`.split(/\s+/),
);

/** Folds text to what is compared: compatibility forms, case and accents make no difference. */
export function normalise(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a text without those that stand in nearly every text; as they are written, so fold the text first. */
export function contentWords(text: string): string[] {
  const words = text.match(word) ?? [];
  return words.filter((each) => !stopWords.has(each)).map((each) => each.slice(0, longestWord));
}

/** A vector of length 1 in `dimensions` dimensions; all zero where the text has no words. */
export function embed(text: string): number[] {
  letGo();
  const found: Feature[] = [];
  for (const each of contentWords(normalise(text)))
    for (const feature of featuresOf(each)) {
      if (feature.count === 0) found.push(feature);
      feature.count += 1;
    }
  const vector = new Float64Array(dimensions);
  for (const feature of found) {
    vector[feature.index]! += feature.weight * (1 + Math.log(feature.count));
    feature.count = 0;
  }
  return unit(vector);
}

/** A word, or a part of one: where it counts, how much, and how often it stands in the text that is being read. */
type Feature = { readonly index: number; readonly weight: number; count: number };

/** Words that are kept taken apart: texts say the same ones again and again. */
const mostWordsKept = 20_000;
const features = new Map<string, Feature>();
const kept = new Map<string, Feature[]>();

function featuresOf(each: string): Feature[] {
  const known = kept.get(each);
  if (known) return known;
  const found = [`w:${each}`, ...grams(each).map((gram) => `g:${gram}`)].map(feature);
  kept.set(each, found);
  return found;
}

/** What is kept is let go at once, between two texts: within one a feature must stay the same object. */
function letGo(): void {
  if (kept.size <= mostWordsKept) return;
  kept.clear();
  features.clear();
}

function feature(name: string): Feature {
  const known = features.get(name);
  if (known) return known;
  const hash = fnv1a(name);
  const sign = mix(hash) & 1 ? 1 : -1;
  const found = {
    index: hash % dimensions,
    weight: sign * (name.startsWith('w:') ? wordWeight : gramWeight),
    count: 0,
  };
  features.set(name, found);
  return found;
}

function grams(text: string): string[] {
  const letters = [...`<${text}>`];
  return gramSizes.flatMap((size) =>
    letters.length <= size
      ? []
      : Array.from({ length: letters.length - size + 1 }, (_, at) => letters.slice(at, at + size).join('')),
  );
}

function unit(vector: Float64Array): number[] {
  const length = Math.hypot.apply(null, vector as unknown as number[]);
  const scaled = new Array<number>(dimensions);
  for (let at = 0; at < dimensions; at += 1) scaled[at] = length === 0 ? 0 : vector[at]! / length;
  return scaled;
}

/** FNV-1a over UTF-16 units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Finaliser of MurmurHash3: the sign must not follow from the bits that chose the dimension. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

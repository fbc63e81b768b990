import { textRanking } from './ranking.ts';
import { lengthOf, type Terms, termHash, type Words } from './words.ts';

/** Term → what it counts in a question. */
export type Weights = Map<string, number>;

/** What is known about a collection of passages. `held`: how many of them hold a word. */
export type Collection = { passages: number; held: (term: string) => number };
export type Document = { id: string; terms: Terms };
export type Scored = { id: string; score: number };

/** How much a word tells, by how rare it is: ln(1 + (N − n + 0.5) / (n + 0.5)). */
export function rarity({ passages, held }: Collection, term: string): number {
  const n = Math.min(held(term), passages);
  return Math.log(1 + (passages - n + 0.5) / (n + 0.5));
}

/** The words of a question, each by how rare it is. */
export function questionWeights(asked: Words, collection: Collection): Weights {
  return new Map([...asked].map(([term, times]) => [term, times * rarity(collection, term)]));
}

/**
 * Best first; documents that hold none of the words are left out. Equal scores keep the order given. How long a document
 * is counts beside the others given.
 */
export function bm25(documents: readonly Document[], weights: Weights): Scored[] {
  const meanWords = meanOf(documents.map(({ terms }) => terms.length));
  const byHash = tableOf(weights);
  return documents
    .map(({ id, terms }) => ({ id, score: scoreOf(terms, byHash, meanWords) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

const meanOf = (lengths: readonly number[]): number => total(lengths) / (lengths.length || 1);

/** Weights by the hash of their word, in a table with open addressing: most words of a passage are not in it, which takes one look. */
type Table = { mask: number; hashes: Int32Array; weights: Float64Array };

function tableOf(weights: Weights): Table {
  const size = 2 ** Math.ceil(Math.log2(8 * weights.size + 8));
  const table = { mask: size - 1, hashes: new Int32Array(size), weights: new Float64Array(size) };
  for (const [term, weight] of weights) {
    if (weight === 0) continue;
    const hash = termHash(term);
    let at = hash & table.mask;
    while (table.weights[at] !== 0 && table.hashes[at] !== hash) at = (at + 1) & table.mask;
    table.hashes[at] = hash;
    table.weights[at]! += weight;
  }
  return table;
}

function scoreOf({ hashes, times, length }: Terms, table: Table, meanWords: number): number {
  const flat = flattening(length, meanWords);
  let score = 0;
  for (let n = 0; n < hashes.length; n += 1) {
    const hash = hashes[n]!;
    let at = hash & table.mask;
    while (table.weights[at] !== 0 && table.hashes[at] !== hash) at = (at + 1) & table.mask;
    const weight = table.weights[at]!;
    if (weight !== 0) score += weight * saturated(times[n]!, flat);
  }
  return score;
}

const flattening = (length: number, meanWords: number): number =>
  textRanking.k1 * (1 - textRanking.b + (textRanking.b * length) / (meanWords || 1));

const saturated = (times: number, flat: number): number => (times * (textRanking.k1 + 1)) / (times + flat);

/**
 * Widens a question by the words that tell most about the documents that came first (pseudo relevance feedback). Together
 * the new words weigh `feedbackWeight` times what the question's own do.
 */
export function widened(weights: Weights, best: readonly Words[], collection: Collection): Weights {
  const told: Weights = new Map();
  const meanWords = meanOf(best.map(lengthOf));
  for (const words of best) {
    const flat = flattening(lengthOf(words), meanWords);
    for (const [term, times] of words) told.set(term, (told.get(term) ?? 0) + saturated(times, flat));
  }
  for (const [term, sum] of told) told.set(term, sum * rarity(collection, term));
  const kept = [...told].sort((a, b) => b[1] - a[1]).slice(0, textRanking.feedbackTerms);
  const share = (textRanking.feedbackWeight * total(weights.values())) / (total(kept.map(([, weight]) => weight)) || 1);
  const wide = new Map(weights);
  for (const [term, weight] of kept) wide.set(term, (wide.get(term) ?? 0) + share * weight);
  return wide;
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

import type { Words } from '../words.ts';

/** Dimensions of a learnt space. */
export const latentDimensions = 128;

/** A space has no more dimensions than one for so many words: with one for each nothing would be learnt. */
const termsPerDimension = 8;

/** Passes over the texts; the space hardly changes after these. */
const passes = 6;
/** After so many passes the columns are made orthonormal again. Divides `passes`. */
const straightenEach = 3;

type Entry = { term: number; weight: number };
export type Vocabulary = { index: Map<string, number>; rarity: Float64Array };

/**
 * Learns which words are used alike (latent semantic analysis, Deerwester et al. 1990): the subspace in which the
 * passages, as words weighed by rarity, lie as well as they can, found by orthogonal iteration. Answers one row of
 * `latentDimensions` per word of the vocabulary. The same passages give the same space. Gives way between passes.
 */
export async function learnSpace(passages: readonly Words[], { index, rarity }: Vocabulary): Promise<Float32Array> {
  const rows = passages.map((words) => rowOf(words, { index, rarity })).filter((row) => row.length > 0);
  let space = seeded(index.size * latentDimensions);
  for (let pass = 0; pass < passes; pass += 1) {
    const next = new Float64Array(space.length);
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      for (const row of rows.slice(at, at + rowsAtOnce)) addOuter(next, row, project(row, space));
      await giveWay();
    }
    // Between two of them the columns drift together by less than a double can tell apart.
    space = pass % straightenEach === straightenEach - 1 ? orthonormal(next, index.size) : next;
    await giveWay();
  }
  return Float32Array.from(space);
}

const rowsAtOnce = 500;
const giveWay = () => new Promise((resolve) => setImmediate(resolve));

/** A passage as its words' weights, of length 1. Words that are not in the vocabulary are left out. */
export function rowOf(words: Words, { index, rarity }: Vocabulary): Entry[] {
  const row: Entry[] = [];
  let square = 0;
  for (const [word, times] of words) {
    const term = index.get(word);
    if (term === undefined) continue;
    const weight = (1 + Math.log(times)) * (rarity[term] ?? 0);
    row.push({ term, weight });
    square += weight * weight;
  }
  const length = Math.sqrt(square) || 1;
  for (const entry of row) entry.weight /= length;
  return row;
}

/** A row in the coordinates of a space. */
export function project(row: readonly Entry[], space: Float64Array | Float32Array): Float64Array {
  const found = new Float64Array(latentDimensions);
  for (const { term, weight } of row) {
    const from = term * latentDimensions;
    for (let d = 0; d < latentDimensions; d += 1) found[d] = found[d]! + weight * space[from + d]!;
  }
  return found;
}

function addOuter(sum: Float64Array, row: readonly Entry[], found: Float64Array): void {
  for (const { term, weight } of row) {
    const from = term * latentDimensions;
    for (let d = 0; d < latentDimensions; d += 1) sum[from + d] = sum[from + d]! + weight * found[d]!;
  }
}

/** Gram–Schmidt over the columns. Columns that depend on those before them, or are too many, become zero. */
function orthonormal(space: Float64Array, terms: number): Float64Array {
  const columns = Array.from({ length: latentDimensions }, (_, d) =>
    Float64Array.from({ length: terms }, (_, term) => space[term * latentDimensions + d]!),
  );
  const most = Math.ceil(terms / termsPerDimension);
  columns.forEach((column, d) => {
    if (d >= most) column.fill(0);
    const before = dot(column, column);
    for (let other = 0; other < d; other += 1) subtract(column, columns[other]!, dot(column, columns[other]!));
    const square = dot(column, column);
    const scale = square > before * 1e-12 && square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let term = 0; term < terms; term += 1) {
      column[term] = column[term]! * scale;
      space[term * latentDimensions + d] = column[term]!;
    }
  });
  return space;
}

function dot(a: Float64Array, b: Float64Array): number {
  // Four sums that do not wait for each other.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let at = 0;
  for (; at + 3 < a.length; at += 4) {
    s0 += a[at]! * b[at]!;
    s1 += a[at + 1]! * b[at + 1]!;
    s2 += a[at + 2]! * b[at + 2]!;
    s3 += a[at + 3]! * b[at + 3]!;
  }
  for (; at < a.length; at += 1) s0 += a[at]! * b[at]!;
  return s0 + s1 + s2 + s3;
}

function subtract(from: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < from.length; at += 1) from[at] = from[at]! - times * what[at]!;
}

/** Numbers from −1 to 1, always the same ones (mulberry32). */
function seeded(length: number): Float64Array {
  let state = 0x9e3779b9;
  return Float64Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2_147_483_648 - 1;
  });
}

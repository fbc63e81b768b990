import { costMicros, type Price } from '#server/models/prices.ts';

/** What half of the cases cost at most, and nine of ten. Micro-dollars. */
export type Band = { p50Micros: number; p90Micros: number };

/** Tokens of a call, or of all calls of a step. `countedTokens`: its input as it was counted before, null where it was not. */
export type Used = { inputTokens: number; countedTokens: number | null; outputTokens: number };

/** What is asked: its input where that is known, its longest answer, and by what it is charged. */
export type Asked = {
  /** Tokens of the input at p50 and p90; the same where it is known. Null: as it was before. */
  input: { p50: number; p90: number } | null;
  /** The longest answer in tokens. */
  most: number;
  price: Price;
};

/** So many cases say how long answers are; below that the longest answer is the p90. */
const fewest = 5;

/**
 * What a call is likely to cost. Its input is what was counted, corrected by how the provider counted before; the length of
 * its answer follows the node's own history. Pure.
 */
export function estimate({ input, most, price }: Asked, history: readonly Used[]): Band {
  const out = answerOf(most, history);
  const sent = inputOf(input, history);
  const cost = (inputTokens: number, outputTokens: number): number =>
    Number(costMicros({ inputTokens: Math.ceil(inputTokens), outputTokens: Math.ceil(outputTokens) }, price));
  return { p50Micros: cost(sent.p50, out.p50), p90Micros: cost(sent.p90, out.p90) };
}

/** Several calls or nodes together, which do not depend on each other: their spreads partly even out. */
export function together(bands: readonly Band[]): Band {
  const p50Micros = bands.reduce((sum, band) => sum + band.p50Micros, 0);
  const spread = Math.hypot(...bands.map((band) => band.p90Micros - band.p50Micros));
  return { p50Micros, p90Micros: Math.ceil(p50Micros + spread) };
}

/** The same several times. */
export function times(band: Band, count: { p50: number; p90: number }): Band {
  const spread = band.p90Micros - band.p50Micros;
  const more = (count.p90 - count.p50) * band.p50Micros;
  const p50Micros = Math.ceil(band.p50Micros * count.p50);
  return { p50Micros, p90Micros: Math.ceil(p50Micros + Math.hypot(spread * Math.sqrt(count.p50), more)) };
}

function answerOf(most: number, history: readonly Used[]): { p50: number; p90: number } {
  const lengths = history.map(({ outputTokens }) => outputTokens);
  if (lengths.length < fewest) return { p50: quantile([...lengths, most / 2], 0.5), p90: Math.max(most, ...lengths) };
  return { p50: quantile(lengths, 0.5), p90: quantile(lengths, 0.9) };
}

function inputOf(known: Asked['input'], history: readonly Used[]): { p50: number; p90: number } {
  const before = history.map(({ inputTokens }) => inputTokens);
  if (!known) return { p50: quantile(before, 0.5), p90: quantile(before, 0.9) };
  const shares = history.flatMap(({ inputTokens, countedTokens }) =>
    countedTokens ? [inputTokens / countedTokens] : [],
  );
  const share = shares.length < fewest ? 1 : quantile(shares, 0.5);
  return { p50: known.p50 * share, p90: known.p90 * share };
}

/**
 * The value that this share of future cases does not exceed, if they are like those before: of n cases the one at place
 * share × (n + 1), so that few cases do not look surer than they are. 0 where there are none.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length + 1) - 1;
  const below = sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(place)))] ?? 0;
  const above = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(place)))] ?? 0;
  return below + (above - below) * Math.min(1, Math.max(0, place - Math.floor(place)));
}

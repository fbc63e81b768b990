export type Scores = { 'ndcg@10': number; 'recall@10': number };

const k = 10;

/**
 * How well rankings find what they should, in the mean over the questions: nDCG@10 (gain / log2(rank + 1), as a share of
 * the best order possible) and recall@10 (found of all that has a gain).
 */
export function scoresOf(rankings: Map<number, number[]>, gains: Map<number, Map<number, number>>): Scores {
  const judged = [...gains].filter(([, of]) => [...of.values()].some((gain) => gain > 0));
  const mean = (one: (ranked: number[], of: Map<number, number>) => number) =>
    judged.reduce((sum, [question, of]) => sum + one((rankings.get(question) ?? []).slice(0, k), of), 0) /
    (judged.length || 1);
  return { 'ndcg@10': rounded(mean(ndcg)), 'recall@10': rounded(mean(recallOf)) };
}

function ndcg(ranked: number[], of: Map<number, number>): number {
  const ideal = [...of.values()].sort((a, b) => b - a).slice(0, k);
  return discounted(ranked.map((document) => of.get(document) ?? 0)) / discounted(ideal);
}

function discounted(gains: number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

function recallOf(ranked: number[], of: Map<number, number>): number {
  const relevant = [...of.values()].filter((gain) => gain > 0).length;
  return ranked.filter((document) => (of.get(document) ?? 0) > 0).length / relevant;
}

const rounded = (value: number): number => Number(value.toFixed(4));

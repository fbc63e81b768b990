/** Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): how much the first ranks are flattened. */
const k = 60;

export type Fused = { id: string; score: number; vectorRank: number | null; textRank: number | null };

/**
 * Fuses two rankings by reciprocal rank: score = Σ 1 / (60 + rank). Ranks are 1-based; an id that stands several times
 * in a ranking counts with its best rank. Equal scores keep the order of the first ranking, then of the second.
 */
export function fuse(byVector: string[], byText: string[]): Fused[] {
  const vectorRanks = ranks(byVector);
  const textRanks = ranks(byText);
  return [...new Set([...byVector, ...byText])]
    .map((id) => {
      const vectorRank = vectorRanks.get(id) ?? null;
      const textRank = textRanks.get(id) ?? null;
      return { id, score: share(vectorRank) + share(textRank), vectorRank, textRank };
    })
    .sort((a, b) => b.score - a.score);
}

function ranks(ids: string[]): Map<string, number> {
  return new Map([...new Set(ids)].map((id, index) => [id, index + 1]));
}

function share(rank: number | null): number {
  return rank === null ? 0 : 1 / (k + rank);
}

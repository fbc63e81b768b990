import { type Ranking, ranking } from './ranking.ts';

export type Fused = { id: string; score: number; vectorRank: number | null; textRank: number | null };
type Fusion = Pick<Ranking, 'vectorWeight' | 'textWeight' | 'fusionK'>;

/**
 * Fuses two rankings by reciprocal rank: score = Σ weight / (k + rank). Ranks are 1-based; an id that stands several
 * times in a ranking counts with its best rank. Of equal scores what full text found stands first: an index of vectors answers
 * roughly, and a word that stands nowhere else is not like anything.
 */
export function fuse(byVector: string[], byText: string[], by: Fusion = ranking): Fused[] {
  const vectorRanks = ranks(byVector);
  const textRanks = ranks(byText);
  const share = (weight: number, rank: number | null) => (rank === null ? 0 : weight / (by.fusionK + rank));
  return [...new Set([...byText, ...byVector])]
    .map((id) => {
      const vectorRank = vectorRanks.get(id) ?? null;
      const textRank = textRanks.get(id) ?? null;
      const score = share(by.vectorWeight, vectorRank) + share(by.textWeight, textRank);
      return { id, score, vectorRank, textRank };
    })
    .sort((a, b) => b.score - a.score);
}

function ranks(ids: string[]): Map<string, number> {
  return new Map([...new Set(ids)].map((id, index) => [id, index + 1]));
}

import type { Words } from './words.ts';

export type Candidate = { id: string; score: number; words: Words };

/**
 * Chooses `limit` candidates by maximal marginal relevance (Carbonell, Goldstein 1998): each time the one whose score,
 * as a share of the best one's, less `variety` times its likeness to what is chosen already, is highest. Candidates come
 * best first; with variety 0 they are answered as they come.
 */
export function vary<T extends Candidate>(candidates: readonly T[], variety: number, limit: number): T[] {
  if (variety <= 0) return candidates.slice(0, limit);
  const best = candidates[0]?.score || 1;
  const left = candidates.map((candidate) => ({ candidate, alike: 0 }));
  const chosen: T[] = [];
  while (chosen.length < limit && left.length > 0) {
    const gains = left.map(({ candidate, alike }) => (1 - variety) * (candidate.score / best) - variety * alike);
    const [taken] = left.splice(gains.indexOf(Math.max(...gains)), 1);
    if (!taken) break;
    chosen.push(taken.candidate);
    for (const other of left)
      other.alike = Math.max(other.alike, likeness(other.candidate.words, taken.candidate.words));
  }
  return chosen;
}

/** Cosine of two texts' words, 0 to 1. */
export function likeness(a: Words, b: Words): number {
  let both = 0;
  for (const [term, times] of a) both += times * (b.get(term) ?? 0);
  const lengths = Math.sqrt(squares(a) * squares(b));
  return lengths === 0 ? 0 : both / lengths;
}

function squares(words: Words): number {
  let sum = 0;
  for (const times of words.values()) sum += times * times;
  return sum;
}

/** How a recall ranks, in one place. What is not given by the caller is taken from `ranking`. */
export type Ranking = {
  /** What a rank in each search counts in the fusion. */
  vectorWeight: number;
  textWeight: number;
  /** Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): how much the first ranks are flattened. */
  fusionK: number;
  /** What a memory of today counts more than one that is very old, as a share of its score. */
  recencyWeight: number;
  /** After so many days half of that is gone. */
  recencyHalfLifeDays: number;
  /** What importance 1 counts more, and 0 less, than 0.5, as a share of the score. */
  importanceWeight: number;
  /** 0: the best ones. 1: of those that are alike one. Between: that much of likeness is taken off. */
  variety: number;
};

export const ranking: Readonly<Ranking> = {
  vectorWeight: 1,
  textWeight: 1,
  fusionK: 60,
  recencyWeight: 0,
  recencyHalfLifeDays: 90,
  importanceWeight: 0.2,
  variety: 0,
};

/** How full text ranks: BM25 (Robertson, Zaragoza 2009), asked again with words of what came first (RM3). */
export const textRanking = {
  /** How soon a word that stands often in a passage counts no more. */
  k1: 1.6,
  /** How much a long passage is held against it, 0 to 1. */
  b: 0.75,
  /** Items at the top of a search whose words widen the question. */
  feedbackItems: 5,
  feedbackTerms: 40,
  /** What those words count together, beside the question's own. */
  feedbackWeight: 1,
  /** Fewer documents are compared as the question stands: there is too little to learn from. */
  feedbackFrom: 50,
  /** Words of a question that are looked for at most, the rarest ones. */
  mostWords: 48,
  /** Pairs of words that are too common alone. */
  mostPairs: 12,
  /** Passages that are compared at most: what a search costs must not grow with the memory. */
  mostCompared: 400,
  /** Passages that hold but one common word of the question are compared where there are fewer than these. */
  fewestCompared: 100,
} as const;

/** Chunks that the vector search, and items that each search contributes to the fusion. */
export const depth = 100;

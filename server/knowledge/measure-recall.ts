import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recall } from '#server/memory/recall.ts';
import { recallSet } from './recall-set.ts';
import { vectorIndex } from './vector-index.ts';

export type MeasuredRecall = {
  /** How many of the first hits count. */
  k: number;
  /** In the mean over the questions, the share of what should be found that is; null without questions. */
  recall: number | null;
  questions: { query: string; expected: number; found: number; missed: string[] }[];
  /** False where the vector index did not answer some question: what was measured is full text alone. */
  vectors: boolean;
  embedder: string | null;
};

/** Questions that are asked at most, the newest ones. */
const mostQuestions = 200;

/** Asks the questions of the project's recall set as a node would, and tells how much is found of what should be. */
export async function measureRecall(scope: Scope, { k }: { k: number }): Promise<MeasuredRecall> {
  const measured: MeasuredRecall = { k, recall: null, questions: [], vectors: true, embedder: null };
  for (const { query, expected } of await recallSet(scope, { limit: mostQuestions })) {
    const answer = await recall(pool(), vectorIndex(), { projectId: scope.projectId, text: query, limit: k });
    const hits = new Set(answer.hits.map(({ itemId }) => itemId));
    const missed = expected.map(({ itemId }) => itemId).filter((itemId) => !hits.has(itemId));
    measured.questions.push({ query, expected: expected.length, found: expected.length - missed.length, missed });
    measured.vectors &&= answer.vectors;
    measured.embedder = answer.embedder;
  }
  return { ...measured, recall: meanShare(measured.questions) };
}

function meanShare(questions: MeasuredRecall['questions']): number | null {
  if (questions.length === 0) return null;
  return questions.reduce((sum, { expected, found }) => sum + found / expected, 0) / questions.length;
}

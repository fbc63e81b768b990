import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recall } from '#server/memory/recall.ts';
import { type RecallQuestion, recallSet } from './recall-set.ts';
import { vectorIndex } from './vector-index.ts';

export type MeasuredQuestion = {
  query: string;
  expected: number;
  found: number;
  missed: string[];
  /** Items that are not relevant to it, and came among the first all the same. */
  unwanted: string[];
};
export type MeasuredRecall = {
  /** How many of the first hits count. */
  k: number;
  /** In the mean over the questions, the share of what should be found that is; null without questions. */
  recall: number | null;
  questions: MeasuredQuestion[];
  /** False where the vector index did not answer some question: what was measured is full text alone. */
  vectors: boolean;
  embedder: string | null;
};

/** Questions that are asked at most, the newest ones. */
const mostQuestions = 200;

/** Asks the questions of the project's recall set as a node would, and tells how much is found of what should be. */
export async function measureRecall(scope: Scope, { k }: { k: number }): Promise<MeasuredRecall> {
  const measured: MeasuredRecall = { k, recall: null, questions: [], vectors: true, embedder: null };
  for (const question of await recallSet(scope, { limit: mostQuestions })) {
    const { projectId } = scope;
    const answer = await recall(pool(), vectorIndex(), { projectId, text: question.query, limit: k });
    measured.questions.push(judged(question, new Set(answer.hits.map(({ itemId }) => itemId))));
    measured.vectors &&= answer.vectors;
    measured.embedder = answer.embedder;
  }
  return { ...measured, recall: meanShare(measured.questions) };
}

function judged({ query, expected, irrelevant }: RecallQuestion, hits: ReadonlySet<string>): MeasuredQuestion {
  const missed = expected.map(({ itemId }) => itemId).filter((itemId) => !hits.has(itemId));
  const unwanted = irrelevant.map(({ itemId }) => itemId).filter((itemId) => hits.has(itemId));
  return { query, expected: expected.length, found: expected.length - missed.length, missed, unwanted };
}

/** Questions of which only is known what is not relevant have no share. */
function meanShare(questions: MeasuredQuestion[]): number | null {
  const asked = questions.filter(({ expected }) => expected > 0);
  if (asked.length === 0) return null;
  return asked.reduce((sum, { expected, found }) => sum + found / expected, 0) / asked.length;
}

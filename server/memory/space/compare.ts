import type { Pool } from 'pg';
import type { VectorIndex } from '../chroma.ts';
import { recall } from '../recall.ts';
import type { Embedder } from './space.ts';

/** What a question should find. */
export type Expectation = { question: string; expected: string[] };
export type Comparison = {
  questions: number;
  /** How many hits of each question are looked at. */
  k: number;
  /** Mean share of what should be found among them, by the index that is searched and by the one beside it. */
  current: number;
  next: number;
};

const k = 10;
const mostQuestions = 200;

/** Compares two indexes of a project on what should be found; null where nothing was marked as such. */
export async function compareIndexes(
  db: Pool,
  index: VectorIndex,
  by: { projectId: string; current: Embedder; next: Embedder; expectations: Expectation[] },
): Promise<Comparison | null> {
  const asked = by.expectations.filter(({ expected }) => expected.length > 0).slice(0, mostQuestions);
  if (asked.length === 0) return null;
  const share = async (embedder: Embedder): Promise<number> => {
    let sum = 0;
    for (const { question, expected } of asked) {
      const { hits } = await recall(db, index, { projectId: by.projectId, text: question, limit: k, embedder });
      const found = new Set(hits.map(({ itemId }) => itemId));
      sum += expected.filter((id) => found.has(id)).length / Math.min(expected.length, k);
    }
    return sum / asked.length;
  };
  return { questions: asked.length, k, current: await share(by.current), next: await share(by.next) };
}

/** What the operator marked as to be found, by question. */
export async function recallSetOf(db: Pool, projectId: string): Promise<Expectation[]> {
  const { rows } = await db.query<Expectation>(
    `select query as question, array_agg(item_id::text order by item_id) as expected
       from recall_expectation where project_id = $1 and relevant group by query order by query`,
    [projectId],
  );
  return rows;
}

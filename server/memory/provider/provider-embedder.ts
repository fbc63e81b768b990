import type { Pool } from 'pg';
import { toNodeError } from '#nodes/core/errors.ts';
import { processWide } from '#server/db/process-wide.ts';
import { type Embedder, EmbedderUnavailable } from '../space/space.ts';
import type { VectorMaker } from './kept-vectors.ts';
import { providerVectors } from './vectors.ts';

/** A recall that waits longer goes on with full text alone. */
const questionMs = 5_000;
const passagesMs = 120_000;
const mostQuestions = 500;

/** What was asked lately, so that the same question is not paid for each time. Not stored: nobody asked to keep it. */
const asked = () => processWide('memory-questions', () => new Map<string, number[]>());

/** Vectors by a provider's model, paid for by the project. Errors: EmbedderUnavailable with the code of the failure. */
export function providerEmbedder(db: Pool, by: VectorMaker): Embedder {
  const vectors = async (texts: readonly string[], how: { ms: number; keep: boolean }): Promise<number[][]> => {
    try {
      return await providerVectors(db, by, { texts, keep: how.keep, signal: AbortSignal.timeout(how.ms) });
    } catch (error) {
      throw new EmbedderUnavailable(toNodeError(error), by);
    }
  };
  return {
    name: by.embedder,
    vectorsOf: (all) =>
      vectors(
        all.map(({ text }) => text),
        { ms: passagesMs, keep: true },
      ),
    async vectorOf({ text }) {
      const questions = asked();
      const key = `${by.projectId} ${by.embedder} ${text}`;
      const known = questions.get(key);
      if (known) return known;
      const [vector = []] = await vectors([text], { ms: questionMs, keep: false });
      questions.set(key, vector);
      if (questions.size > mostQuestions) questions.delete(questions.keys().next().value as string);
      return vector;
    },
  };
}

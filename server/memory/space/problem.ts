import type { Pool } from 'pg';
import type { NodeError } from '#nodes/core/errors.ts';

/** Why the model of an embedder gave no vectors the last time. */
export type EmbedderProblem = { code: string; message: string; at: number };

type Noted = { projectId: string; embedder: string; failure?: NodeError };

/** Notes beside a project's embedder what is wrong with it; without a failure, that nothing is any more. */
export async function noteProblem(db: Pool, { projectId, embedder, failure }: Noted): Promise<void> {
  const problem: EmbedderProblem | null = failure
    ? { code: failure.code, message: failure.message, at: Date.now() }
    : null;
  await db.query(
    `update memory_space set problem = $3 where project_id = $1 and name = $2 and model is not null
        and (problem is not null or $3::jsonb is not null)`,
    [projectId, embedder, problem && JSON.stringify(problem)],
  );
}

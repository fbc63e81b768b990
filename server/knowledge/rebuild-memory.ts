import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { IndexUnavailable } from '#server/memory/chroma.ts';
import { rebuildIndex } from '#server/memory/rebuild-index.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { vectorIndex } from './vector-index.ts';

/** Drops the project's vector index and builds it again from Postgres. Errors: UNAVAILABLE without Chroma. */
export async function rebuildMemory(scope: Scope): Promise<{ chunks: number }> {
  try {
    const { chunks } = await rebuildIndex(pool(), vectorIndex(), { projectId: scope.projectId });
    await recordAudit(scope, { action: 'memory.rebuild', subject: scope.projectId, details: { chunks } });
    return { chunks };
  } catch (error) {
    if (error instanceof IndexUnavailable)
      throw new AppError('UNAVAILABLE', `The vector index does not answer: ${error.message}`, { cause: error });
    throw error;
  }
}

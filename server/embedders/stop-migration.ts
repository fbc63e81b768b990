import { pool, query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { IndexUnavailable } from '#server/memory/chroma.ts';
import { reconcile } from '#server/memory/space/reconcile.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { type EmbedderStatus, embedderStatus } from './embedder-status.ts';

/** Gives up an index that is being built; searches never knew it. Errors: CONFLICT (there is none), UNAVAILABLE. */
export async function stopMigration(scope: Scope): Promise<EmbedderStatus> {
  const { projectId } = scope;
  const { building, current } = await embedderStatus(scope);
  if (!building) throw new AppError('CONFLICT', 'No other index is being built.');
  try {
    await query(`delete from memory_space where project_id = $1 and state = 'building' and name = $2`, [
      projectId,
      building.name,
    ]);
    await reconcile(pool(), vectorIndex(), projectId, current);
    await vectorIndex().drop(projectId, building.name);
  } catch (error) {
    if (error instanceof IndexUnavailable)
      throw new AppError('UNAVAILABLE', `The vector index does not answer: ${error.message}`, { cause: error });
    throw error;
  }
  await recordAudit(scope, { action: 'memory.stop-migration', subject: projectId, details: { of: building.name } });
  return await embedderStatus(scope);
}

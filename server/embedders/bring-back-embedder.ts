import { inTransaction } from '#server/db/in-transaction.ts';
import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { IndexUnavailable } from '#server/memory/chroma.ts';
import { reconcile } from '#server/memory/space/reconcile.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { type EmbedderStatus, embedderStatus } from './embedder-status.ts';

/**
 * Brings the index before back: it is searched at once, and what was remembered since is brought into it by the worker.
 * The one that it replaces can be brought back in its turn. Errors: CONFLICT (there is none, or another is being built),
 * UNAVAILABLE.
 */
export async function bringBackEmbedder(scope: Scope): Promise<EmbedderStatus> {
  const { projectId } = scope;
  const { previous, building } = await embedderStatus(scope);
  if (!previous) throw new AppError('CONFLICT', 'There is no index before this one.');
  if (building)
    throw new AppError('CONFLICT', `The index of ${building.name} is being built. Switch to it or stop it first.`);
  try {
    // Asked before anything changes: an index that does not answer is no index to go back to.
    await vectorIndex().count(projectId, previous);
    await inTransaction(pool(), async (tx) => {
      await tx.query('select from project where id = $1 for no key update', [projectId]);
      const set = `update memory_space set state = $3 where project_id = $1 and state = $2`;
      await tx.query(set, [projectId, 'current', 'leaving']);
      await tx.query(set, [projectId, 'previous', 'current']);
      await tx.query(set, [projectId, 'leaving', 'previous']);
    });
    await reconcile(pool(), vectorIndex(), projectId, previous);
  } catch (error) {
    if (error instanceof IndexUnavailable)
      throw new AppError('UNAVAILABLE', `The vector index does not answer: ${error.message}`, { cause: error });
    throw error;
  }
  await recordAudit(scope, { action: 'memory.bring-back', subject: projectId, details: { to: previous } });
  return await embedderStatus(scope);
}

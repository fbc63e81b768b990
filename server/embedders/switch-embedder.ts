import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { switchSpace } from '#server/memory/space/switch-space.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { type EmbedderStatus, embedderStatus } from './embedder-status.ts';

/** Has memory searched by the index that was built beside the current one. Errors: CONFLICT (there is none, or it is not complete). */
export async function switchEmbedder(scope: Scope): Promise<EmbedderStatus> {
  const { building } = await embedderStatus(scope);
  if (!building) throw new AppError('CONFLICT', 'No other index is being built.');
  if (!(await switchSpace(pool(), vectorIndex(), scope.projectId, true)))
    throw new AppError(
      'CONFLICT',
      `The index of ${building.name} is not complete: ${building.indexed} of ${building.total}.`,
    );
  await recordAudit(scope, { action: 'memory.switch', subject: scope.projectId, details: { to: building.name } });
  return await embedderStatus(scope);
}

import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { vectorIndex } from '#server/knowledge/vector-index.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { forgetItems } from './forget-items.ts';

/** Forgets items at the operator's word. The audit log counts them and says nothing of them. Errors: NOT_FOUND. */
export async function forgetNow(scope: Scope, itemIds: string[]): Promise<{ items: number; index: boolean }> {
  const forgotten = await forgetItems(pool(), vectorIndex(), { projectId: scope.projectId, itemIds });
  if (forgotten.items === 0) throw new AppError('NOT_FOUND', 'The item was not found in this project.');
  await recordAudit(scope, { action: 'memory.forget', subject: scope.projectId, details: { items: forgotten.items } });
  return forgotten;
}

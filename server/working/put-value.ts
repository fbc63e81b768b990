import type { Json } from '#nodes/core/json.ts';
import { pool } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requireRun } from '#server/runs/require-run.ts';
import { holdValue } from './hold-value.ts';
import type { Owner } from './owner.ts';

/** Puts a value at hand by the operator. Errors: NOT_FOUND (the run), TOO_LARGE, CONFLICT. */
export async function putValue(
  scope: Scope,
  { owner, ...held }: { owner: Owner; name: string; value: Json; ttlMs: number },
): Promise<{ expiresAt: number }> {
  if (owner.kind === 'run') await requireRun(scope, owner.runId);
  const runId = owner.kind === 'run' ? owner.runId : null;
  return await holdValue(pool(), { ...held, owner, projectId: scope.projectId, runId, by: scope.actor });
}

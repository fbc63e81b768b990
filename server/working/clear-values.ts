import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requireRun } from '#server/runs/require-run.ts';
import { type Owner, ownerKey } from './owner.ts';

/** Clears what an owner has at hand, or one value of it. Answers how many went. Errors: NOT_FOUND (the run). */
export async function clearValues(scope: Scope, owner: Owner, name?: string | undefined): Promise<{ cleared: number }> {
  if (owner.kind === 'run') await requireRun(scope, owner.runId);
  const gone = await query(
    'delete from working_value where project_id = $1 and owner = $2 and ($3::text is null or name = $3) returning name',
    [scope.projectId, ownerKey(owner), name ?? null],
  );
  return { cleared: gone.length };
}

import type { Json } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requireRun } from '#server/runs/require-run.ts';
import { type Owner, ownerKey } from './owner.ts';

export type WorkingRow = {
  /** run:<id> or session:<name>. */
  owner: string;
  name: string;
  type: string;
  value: Json;
  bytes: number;
  runId: string | null;
  updatedAt: number;
  expiresAt: number;
};
type Stored = Omit<WorkingRow, 'updatedAt' | 'expiresAt'> & { updatedAt: Date; expiresAt: Date };

/** What an owner has at hand; of a run also what it put into sessions. Errors: NOT_FOUND (the run). */
export async function listValues(scope: Scope, owner: Owner): Promise<WorkingRow[]> {
  if (owner.kind === 'run') await requireRun(scope, owner.runId);
  const rows = await query<Stored>(
    `select owner, name, type, value, bytes, run_id::text as "runId", updated_at as "updatedAt", expires_at as "expiresAt"
       from working_value
      where project_id = $1 and expires_at > now() and (owner = $2 or $3::bigint is not null and run_id = $3)
      order by owner, name limit 1000`,
    [scope.projectId, ownerKey(owner), owner.kind === 'run' ? owner.runId : null],
  );
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.getTime(), expiresAt: row.expiresAt.getTime() }));
}

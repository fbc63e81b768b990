import type { Pool } from 'pg';
import type { NamedStep } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { type Owner, ownerKey } from './owner.ts';

export type HeldValue = {
  value: Json;
  /** When it was put there, epoch milliseconds. */
  at: number;
  /** The step that put it there, else the person who did; neither is known of what is older than that is kept. */
  by: string | null;
  from: NamedStep | null;
};

type Stored = { value: Json; at: Date; by: string | null } & { [Member in keyof NamedStep]: string | null };

/** The value that an owner has at hand under a name; null where nothing is, or not any more. */
export async function heldValue(
  db: Pool,
  { projectId, owner, name }: { projectId: string; owner: Owner; name: string },
): Promise<HeldValue | null> {
  const { rows } = await db.query<Stored>(
    `select value, updated_at as at, set_by as by, step_id::text as "stepId", run_id::text as "runId", state, path
       from working_value where project_id = $1 and owner = $2 and name = $3 and expires_at > now()`,
    [projectId, ownerKey(owner), name],
  );
  const [row] = rows;
  if (!row) return null;
  const { value, at, by, stepId, runId, state, path } = row;
  const from = stepId && runId && state && path !== null ? { stepId, runId, state, path } : null;
  return { value, at: at.getTime(), by, from };
}

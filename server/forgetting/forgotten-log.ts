import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';

/** One line of the audit log about forgetting: who, when and how much; never what. */
export type ForgottenRow = {
  id: string;
  /** The operator, or `policy`. */
  by: string;
  /** items: by hand or by the policy. entity: everything about one. */
  what: 'items' | 'entity';
  /** How much went, by kind. */
  counts: Record<string, number>;
  at: number;
};

/** What was forgotten, newest first, as the audit log tells it. */
export async function forgottenLog(scope: Scope, limit: number): Promise<ForgottenRow[]> {
  const rows = await query<Omit<ForgottenRow, 'at'> & { at: Date }>(
    `select id::text as id, actor as by, case action when 'memory.forget' then 'items' else 'entity' end as what, at,
            coalesce((select jsonb_object_agg(key, value) from jsonb_each(details) where jsonb_typeof(value) = 'number'), '{}') as counts
       from audit_entry
      where project_id = $1 and action in ('memory.forget', 'memory.forget-entity') order by audit_entry.id desc limit $2`,
    [scope.projectId, limit],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

import type { Pool } from 'pg';

type Options = { projectId: string; days: number; dryRun: boolean };

/** Events from outside that are older than this, whether a step took them or none came for them: at most 10,000 at a time. */
export async function pruneHousekeeping(
  db: Pool,
  { projectId, days, dryRun }: Options,
): Promise<{ inboxEvents: number }> {
  const old = `select id from inbox_event where project_id = $1 and at < now() - make_interval(days => $2) order by id limit 10000`;
  const args = [projectId, days];
  if (dryRun) {
    const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from (${old}) x`, args);
    return { inboxEvents: rows[0]?.n ?? 0 };
  }
  const { rowCount } = await db.query(`delete from inbox_event where id in (${old} for update skip locked)`, args);
  return { inboxEvents: rowCount ?? 0 };
}

import type { Pool } from 'pg';

const batch = 2_000;

/**
 * Brings the outcomes of runs that have ended into the episodic log. It stands beside the engine's transitions, whose
 * cost must not grow by it: the periodic job does it, and whoever reads the log. Answers how many were new.
 */
export async function gatherOutcomes(db: Pool): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select sg_gather_outcomes($1) as n', [batch]);
  return rows[0]?.n ?? 0;
}

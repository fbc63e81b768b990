import type { Pool } from 'pg';
import type { Claimed } from './commit.ts';

/** Whether the worker still holds the attempt that it claimed. */
export async function holdsLease(
  pool: Pool,
  workerId: string,
  step: Pick<Claimed, 'stepId' | 'attempt'>,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'sg_holds_lease',
    text: `select from step where id = $1 and status = 'running' and lease = $2 and attempt = $3`,
    values: [step.stepId, workerId, step.attempt],
  });
  return rowCount === 1;
}

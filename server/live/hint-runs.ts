import { query } from '#server/db/pool.ts';

/** Tells every web process that runs have new events. A hint that is lost costs a second: they poll as well. */
export async function hintRuns(runIds: string[]): Promise<void> {
  await query(`select pg_notify('solograph_live', $1)`, [JSON.stringify(runIds)]);
}

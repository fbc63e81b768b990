import { query } from '#server/db/pool.ts';

/** Has a worker read the documents that are due. */
export async function askToRead(): Promise<void> {
  await query(`select graphile_worker.add_job('read-documents', job_key := 'read-documents')`);
}

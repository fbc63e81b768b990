import type { Pool } from 'pg';
import type { VectorIndex } from '#server/memory/chroma.ts';
import { forgetItems } from './forget-items.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { nextToGo } from './next-to-go.ts';

export type Forgotten = { projectId: string; expired: number; overLimit: number; merged: number };
const batch = 200;

/**
 * Forgets what the policy of each project keeps no longer: what is over, then what is least worth keeping while a project
 * holds more than its limit. What is kept by the operator stays. A line in the audit log counts what went.
 */
export async function applyForgetting(
  db: Pool,
  index: VectorIndex,
  mayGoOn: () => boolean = () => true,
): Promise<Forgotten[]> {
  await db.query('delete from working_value where expires_at <= now()');
  const { rows } = await db.query<{ id: string }>('select id from project order by id');
  const all: Forgotten[] = [];
  for (const { id } of rows) {
    const forgotten = { projectId: id, expired: 0, overLimit: 0, merged: await mergeDuplicates(db, index, id) };
    while (mayGoOn() && (await forgetBatch(db, index, forgotten)));
    if (forgotten.expired + forgotten.overLimit + forgotten.merged === 0) continue;
    all.push(forgotten);
    const { projectId, ...counts } = forgotten;
    await db.query(
      `insert into audit_entry (project_id, actor, action, subject, details) values ($1, 'policy', 'memory.forget', $2, $3)`,
      [projectId, projectId, JSON.stringify(counts)],
    );
  }
  return all;
}

async function forgetBatch(db: Pool, index: VectorIndex, forgotten: Forgotten): Promise<boolean> {
  const { projectId } = forgotten;
  const { items } = await nextToGo(db, projectId, batch);
  const due = items.filter(({ why }) => why.kind === 'expired' || why.kind === 'over-limit');
  if (due.length === 0) return false;
  await forgetItems(db, index, { projectId, itemIds: due.map(({ id }) => id) });
  forgotten.expired += due.filter(({ why }) => why.kind === 'expired').length;
  forgotten.overLimit += due.filter(({ why }) => why.kind === 'over-limit').length;
  return due.length === batch;
}

import { randomUUIDv7 } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#server/db/in-transaction.ts';
import { IndexUnavailable, type VectorIndex } from '../chroma.ts';
import { type Comparison, compareIndexes, recallSetOf } from './compare.ts';
import { hashEmbedder } from './space.ts';
import { embeddersOf, spacesOf } from './spaces.ts';

/**
 * Has a project searched by the index that was being built, where all its passages are in it. First both are compared on
 * the project's recall set: where the new one finds less, or the operator asked for it, the operator decides. The index
 * before stays and can be brought back; the one before that is dropped. Answers whether it switched.
 */
export async function switchSpace(db: Pool, index: VectorIndex, projectId: string, decided = false): Promise<boolean> {
  const { reading, writing } = embeddersOf(await spacesOf(db, projectId));
  if (reading.name === writing.name || !(await complete(db, projectId, writing.name))) return false;
  const { asked, comparison } = await compared(db, index, projectId);
  if (!decided && (asked || (comparison && comparison.next < comparison.current))) return false;
  const done = await inTransaction(db, (tx) => switched(tx, projectId, { from: reading.name, to: writing.name }));
  if (!done) return false;
  if (done.dropped) await dropOld(index, projectId, done.dropped);
  return true;
}

async function complete(db: Pool | PoolClient, projectId: string, name: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from memory_indexed where project_id = $1 and indexed_in is distinct from $2 limit 1',
    [projectId, name],
  );
  return rowCount === 0;
}

/** Compares once; later looks find the figures. */
async function compared(
  db: Pool,
  index: VectorIndex,
  projectId: string,
): Promise<{ asked: boolean; comparison: Comparison | null }> {
  const { rows } = await db.query<{ asked: boolean; comparison: Comparison | null }>(
    `select asked, comparison from memory_space where project_id = $1 and state = 'building'`,
    [projectId],
  );
  const { asked = false, comparison = null } = rows[0] ?? {};
  if (comparison) return { asked, comparison };
  const { reading: current, writing: next } = embeddersOf(await spacesOf(db, projectId));
  const expectations = await recallSetOf(db, projectId);
  const fresh = await compareIndexes(db, index, { projectId, current, next, expectations });
  await db.query(`update memory_space set comparison = $2 where project_id = $1 and state = 'building'`, [
    projectId,
    fresh && JSON.stringify(fresh),
  ]);
  return { asked, comparison: fresh };
}

async function switched(
  tx: PoolClient,
  projectId: string,
  { from, to }: { from: string; to: string },
): Promise<{ dropped: string | null } | null> {
  await tx.query('select from project where id = $1 for no key update', [projectId]);
  const { rowCount: building } = await tx.query(
    `select from memory_space where project_id = $1 and state = 'building' and name = $2`,
    [projectId, to],
  );
  // The operator gave it up, or another process switched to it, since it was found complete.
  if (building !== 1 || !(await complete(tx, projectId, to))) return null;
  const { rows: old } = await tx.query<{ name: string }>(
    `delete from memory_space where project_id = $1 and state = 'previous' returning name`,
    [projectId],
  );
  await namePrevious(tx, projectId, from);
  const { rowCount } = await tx.query(
    `update memory_space set state = 'current' where project_id = $1 and state = 'building' and name = $2`,
    [projectId, to],
  );
  if (rowCount !== 1) throw new Error(`The index "${to}" is not being built any more.`);
  const dropped = old[0]?.name ?? null;
  return { dropped: dropped === from || dropped === to ? null : dropped };
}

/** The embedder that needs to learn nothing has a row only once it was replaced. */
async function namePrevious(tx: PoolClient, projectId: string, name: string): Promise<void> {
  const { rowCount } = await tx.query(
    `update memory_space set state = 'previous' where project_id = $1 and state = 'current'`,
    [projectId],
  );
  if (rowCount === 0 && name === hashEmbedder.name)
    await tx.query(
      `insert into memory_space (id, project_id, name, state, chunks, terms, held, vectors) values ($1, $2, $3, 'previous', 0, '{}', '{}', '')`,
      [randomUUIDv7(), projectId, name],
    );
}

async function dropOld(index: VectorIndex, projectId: string, name: string): Promise<void> {
  try {
    await index.drop(projectId, name);
  } catch (error) {
    // It stays behind unused.
    if (!(error instanceof IndexUnavailable)) throw error;
  }
}

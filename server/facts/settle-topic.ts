import { randomUUIDv7 } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#server/db/in-transaction.ts';
import { chunk } from '#server/memory/chunker.ts';

/** Writers of one topic take turns. */
export async function lockTopic(tx: PoolClient, projectId: string, topic: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`fact:${projectId}:${topic}`]);
}

type Item = { itemId: string; entityId: string | null; text: string; current: boolean; chunks: string[] };

/**
 * Lets recall find the fact of a topic that holds now, and none of its others. Answers the passages that were taken away,
 * for the index to drop.
 */
export async function settleTopic(tx: PoolClient, projectId: string, topic: string): Promise<string[]> {
  const { rows } = await tx.query<Item>(
    `with holds as (
       select id from (
         select id, object, valid_to from fact f where project_id = $1 and topic = $2 and valid_from <= now()
            and not exists (select from fact c where c.corrects = f.id) order by valid_from desc, seq desc limit 1) newest
        where object is not null and (valid_to is null or valid_to > now()))
     select i.id as "itemId", i.entity_id as "entityId", i.text, f.id in (select id from holds) as current,
            array(select c.id::text from memory_chunk c where c.item_id = i.id) as chunks
       from fact f join memory_item i on i.id = f.item_id where f.project_id = $1 and f.topic = $2`,
    [projectId, topic],
  );
  const removed = rows.flatMap(({ current, chunks }) => (current ? [] : chunks));
  await tx.query('delete from memory_chunk where id = any($1)', [removed]);
  for (const item of rows.filter(({ current, chunks }) => current && chunks.length === 0))
    for (const { ord, text, start, end } of chunk(item.text))
      await tx.query(
        `insert into memory_chunk (id, item_id, project_id, entity_id, ord, text, start_at, end_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [randomUUIDv7(), item.itemId, projectId, item.entityId, ord, text, start, end],
      );
  return removed;
}

/** Facts whose time has begun or ended since the last look: recall follows the clock. Answers how many topics changed. */
export async function settleFacts(db: Pool): Promise<number> {
  const { rows } = await db.query<{ projectId: string; topic: string }>(
    `select distinct f.project_id as "projectId", f.topic from fact f left join memory_chunk c on c.item_id = f.item_id
      where c.id is null and f.valid_from <= now() and f.valid_from > f.created_at and f.valid_from > now() - interval '7 days'
         or c.id is not null and f.valid_to <= now()`,
  );
  for (const { projectId, topic } of rows)
    await inTransaction(db, async (tx) => {
      await lockTopic(tx, projectId, topic);
      await settleTopic(tx, projectId, topic);
    });
  return rows.length;
}

import { randomUUIDv7 } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { NodeError } from '#nodes/core/errors.ts';
import { inTransaction } from '#server/db/in-transaction.ts';
import type { Extracted } from './extract/extracted.ts';
import { difference, type Held, type Passage, passagesOf } from './passages.ts';

export type ReadDocument = {
  id: string;
  projectId: string;
  name: string;
  format: string;
  bytes: number;
  sha256: string;
};
export type Stored = { itemId: string; added: number; kept: number; removed: string[] };

const mostPassages = 20_000;
/** Passages in one statement: bounds its size. */
const batch = 500;

/**
 * Keeps what was read of a document. The first time it makes an item of knowledge; later only the passages that changed
 * are written, and `removed` names those that are gone, for the index to drop. Errors: FILE_UNREADABLE, TOO_LARGE.
 */
export async function storeDocument(db: Pool, document: ReadDocument, extracted: Extracted): Promise<Stored> {
  const passages = passagesOf(extracted);
  if (passages.length === 0) throw new NodeError('FILE_UNREADABLE', `${document.name} is empty.`);
  if (passages.length > mostPassages)
    throw new NodeError(
      'TOO_LARGE',
      `${document.name} has ${passages.length} passages; ${mostPassages} at most. Split it.`,
    );
  return await inTransaction(db, async (tx) => {
    const item = await itemOf(tx, document, extracted.text);
    const { rows: held } = await tx.query<Held>(
      'select id, text, place from memory_chunk where item_id = $1 order by ord',
      [item.id],
    );
    const { kept, added, removed } = difference(held, passages);
    await tx.query('delete from memory_chunk where id = any($1)', [removed]);
    await move(tx, kept);
    for (let at = 0; at < added.length; at += batch)
      await addPassages(tx, { ...item, projectId: document.projectId }, added.slice(at, at + batch));
    const change = { added: added.length, kept: kept.length, removed: removed.length };
    await tx.query(
      `update document set item_id = $2, format = $3, bytes = $4, failure = null, attempts = 0, checked_at = now(),
              changed_at = case when sha256 is distinct from $5 or item_id is null then now() else changed_at end, sha256 = $5,
              last_change = case when $7 then $6::jsonb else last_change end, check_at = now() + refresh_ms * interval '1 ms' where id = $1`,
      [
        ...[document.id, item.id, document.format, document.bytes, document.sha256],
        ...[JSON.stringify(change), change.added + change.removed > 0],
      ],
    );
    return { itemId: item.id, added: added.length, kept: kept.length, removed };
  });
}

type Item = { id: string; entityId: string | null };

async function itemOf(tx: PoolClient, document: ReadDocument, text: string): Promise<Item> {
  const { rows } = await tx.query<{ itemId: string | null; entityId: string | null; source: string }>(
    `select item_id as "itemId", entity_id as "entityId", coalesce(url, name) as source from document where id = $1 for update`,
    [document.id],
  );
  const row = rows[0];
  if (!row) throw new NodeError('CANCELLED', `${document.name} was removed while it was read.`);
  if (row.itemId) {
    await tx.query('update memory_item set text = $2 where id = $1', [row.itemId, text]);
    return { id: row.itemId, entityId: row.entityId };
  }
  const id = randomUUIDv7();
  await tx.query(
    `insert into memory_item (id, project_id, entity_id, tier, kind, text, source, untrusted)
     values ($1, $2, $3, 'knowledge', 'document', $4, $5, true)`,
    [id, document.projectId, row.entityId, text, row.source],
  );
  return { id, entityId: row.entityId };
}

async function move(tx: PoolClient, kept: { id: string; passage: Passage }[]): Promise<void> {
  const rows = kept.map(({ id, passage: { ord, start, end } }) => ({ id, ord, start, end }));
  await tx.query(
    `update memory_chunk c set ord = r.ord, start_at = r.start, end_at = r."end"
       from jsonb_to_recordset($1::jsonb) as r(id uuid, ord int, start int, "end" int)
      where c.id = r.id and (c.ord, c.start_at, c.end_at) is distinct from (r.ord, r.start, r."end")`,
    [JSON.stringify(rows)],
  );
}

async function addPassages(tx: PoolClient, item: Item & { projectId: string }, passages: Passage[]): Promise<void> {
  const rows = passages.map((passage) => ({ id: randomUUIDv7(), ...passage }));
  await tx.query(
    `insert into memory_chunk (id, item_id, project_id, entity_id, ord, text, start_at, end_at, place)
     select r.id, $1, $2, $3, r.ord, r.text, r.start, r."end", r.place
       from jsonb_to_recordset($4::jsonb) as r(id uuid, ord int, text text, start int, "end" int, place text)`,
    [item.id, item.projectId, item.entityId, JSON.stringify(rows)],
  );
}

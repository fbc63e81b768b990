import { randomUUIDv7 } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#server/db/in-transaction.ts';
import { storedText } from '#server/db/stored-text.ts';
import type { VectorIndex } from '#server/memory/chroma.ts';
import { indexChunks } from '#server/memory/index-chunks.ts';
import { removeChunks } from '#server/memory/remove-chunks.ts';
import { lockTopic, settleTopic } from './settle-topic.ts';
import { factText, topicOf } from './topic.ts';

export type NewFact = {
  projectId: string;
  entityId: string | null;
  subject: string;
  relation: string;
  object: string | null;
  /** Epoch milliseconds. */
  validFrom: number;
  validTo: number | null;
  source: string;
  by: string;
  untrusted: boolean;
  runId?: bigint | null;
  corrects?: { id: string; reason: string };
};
export type Written = { id: string; unchanged: boolean };

/**
 * Adds a fact. Nothing is overwritten: what was known of the same topic stays, and recall answers what holds now. What
 * is known already, word for word, is not added again.
 */
export async function writeFact(db: Pool, index: VectorIndex, fact: NewFact): Promise<Written> {
  const topic = topicOf(fact);
  const { written, itemId, removed } = await inTransaction(db, async (tx) => {
    await lockTopic(tx, fact.projectId, topic);
    const known = fact.corrects ? null : await knownAlready(tx, fact, topic);
    if (known) return { written: { id: known, unchanged: true }, itemId: null, removed: [] };
    const added = await insert(tx, fact, topic);
    return {
      written: { id: added.id, unchanged: false },
      itemId: added.itemId,
      removed: await settleTopic(tx, fact.projectId, topic),
    };
  });
  await bring(db, index, { projectId: fact.projectId, itemId, removed });
  return written;
}

async function knownAlready(tx: PoolClient, fact: NewFact, topic: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string; object: string; validTo: Date | null }>(
    `select id, object, valid_to as "validTo" from fact f where project_id = $1 and topic = $2 and valid_from <= to_timestamp($3 / 1000.0)
        and not exists (select from fact c where c.corrects = f.id) order by valid_from desc, seq desc limit 1`,
    [fact.projectId, topic, fact.validFrom],
  );
  const [newest] = rows;
  return newest && newest.object === fact.object && (newest.validTo?.getTime() ?? null) === fact.validTo
    ? newest.id
    : null;
}

async function insert(tx: PoolClient, fact: NewFact, topic: string): Promise<{ id: string; itemId: string | null }> {
  const id = randomUUIDv7();
  const itemId = fact.object === null ? null : randomUUIDv7();
  const runId = fact.runId?.toString() ?? null;
  if (fact.object !== null)
    await tx.query(
      `insert into memory_item (id, project_id, entity_id, tier, kind, text, source, untrusted, at, run_id)
       values ($1, $2, $3, 'knowledge', 'fact', $4, $5, $6, to_timestamp($7 / 1000.0), $8)`,
      [
        itemId,
        fact.projectId,
        fact.entityId,
        storedText(factText({ ...fact, object: fact.object })),
        fact.source,
        fact.untrusted,
        fact.validFrom,
        runId,
      ],
    );
  await tx.query(
    `insert into fact (id, project_id, item_id, entity_id, subject, relation, object, topic, valid_from, valid_to, source, corrects, reason, by, untrusted, run_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9 / 1000.0), to_timestamp($10 / 1000.0), $11, $12, $13, $14, $15, $16)`,
    [
      ...[id, fact.projectId, itemId, fact.entityId, storedText(fact.subject), storedText(fact.relation)],
      ...[
        fact.object === null ? null : storedText(fact.object),
        topic,
        fact.validFrom,
        fact.validTo,
        storedText(fact.source),
      ],
      ...[fact.corrects?.id ?? null, fact.corrects?.reason ?? null, fact.by, fact.untrusted, runId],
    ],
  );
  return { id, itemId };
}

type Change = { projectId: string; itemId: string | null; removed: string[] };

async function bring(db: Pool, index: VectorIndex, { projectId, itemId, removed }: Change): Promise<void> {
  await removeChunks(db, index, { projectId, chunkIds: removed });
  if (itemId) await indexChunks(db, index, { limit: 10, itemId });
}

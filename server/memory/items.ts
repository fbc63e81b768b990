import { randomUUIDv7 } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '#server/db/in-transaction.ts';
import { storedText } from '#server/db/stored-text.ts';
import { chunk } from './chunker.ts';

export type NewItem = {
  text: string;
  /** What it is, in one word: `order`, `mail`, `note`, … */
  kind: string;
  tier: 'episodic' | 'knowledge';
  entityId?: string | null;
  source?: string;
  untrusted: boolean;
  /** From 0 to 1. */
  importance?: number;
  /** When it happened, epoch milliseconds; now where it is not given. */
  at?: number;
  /** An item with a key is stored once, however often it is added. */
  effectKey?: string | null;
  runId?: bigint | null;
  stepId?: bigint | null;
  /** Forgotten at this time, epoch milliseconds; absent: kept until the project is over its limit. */
  expiresAt?: number | null;
};

/** Items in one statement: bounds its size. */
const batch = 200;

/**
 * Stores items and their chunks in Postgres in one transaction; the index follows with `indexPending`. Answers the
 * items' ids in order; an item whose effect key is known already answers the stored one and writes nothing.
 * Entities must be of the project: an item about another one is refused by throwing.
 */
export async function addItems(db: Pool, projectId: string, items: NewItem[]): Promise<string[]> {
  return await inTransaction(db, async (tx) => {
    const ids: string[] = [];
    for (let at = 0; at < items.length; at += batch)
      ids.push(...(await addBatch(tx, projectId, items.slice(at, at + batch))));
    return ids;
  });
}

async function addBatch(tx: PoolClient, projectId: string, items: NewItem[]): Promise<string[]> {
  const rows = items.map((item) => rowOf(item));
  const { rows: added } = await tx.query<{ id: string }>(
    `insert into memory_item (id, project_id, entity_id, tier, kind, text, source, untrusted, importance, at, effect_key, run_id, step_id, expires_at)
     select r.id, $1, r.entity_id, r.tier, r.kind, r.text, r.source, r.untrusted, r.importance,
            coalesce(to_timestamp(r.at_ms / 1000.0), now()), r.effect_key, r.run_id, r.step_id, to_timestamp(r.expires_ms / 1000.0)
       from jsonb_to_recordset($2::jsonb) as r(id uuid, entity_id uuid, tier text, kind text, text text, source text,
              untrusted boolean, importance float, at_ms float, effect_key text, run_id bigint, step_id bigint, expires_ms float)
      where r.entity_id is null or exists (select from entity e where e.id = r.entity_id and e.project_id = $1)
     on conflict (effect_key) do nothing returning id`,
    [projectId, JSON.stringify(rows)],
  );
  const isNew = new Set(added.map(({ id }) => id));
  await addChunks(
    tx,
    projectId,
    rows.filter((row) => isNew.has(row.id)),
  );
  const keys = rows.filter((row) => !isNew.has(row.id)).map((row) => row.effect_key);
  const known = keys.length > 0 ? await idsByKey(tx, projectId, keys) : new Map<string, string>();
  return rows.map((row) => {
    const id = isNew.has(row.id) ? row.id : known.get(row.effect_key ?? '');
    if (!id) throw new UnknownEntity(row.entity_id ?? '');
    return id;
  });
}

/** An item names an entity that the project does not have. */
export class UnknownEntity extends Error {
  readonly entityId: string;

  constructor(entityId: string) {
    super(`The project has no entity "${entityId}".`);
    this.name = 'UnknownEntity';
    this.entityId = entityId;
  }
}

type Row = ReturnType<typeof rowOf>;

function rowOf(item: NewItem) {
  return {
    id: randomUUIDv7() as string,
    entity_id: item.entityId ?? null,
    tier: item.tier,
    kind: item.kind,
    text: storedText(item.text),
    source: storedText(item.source ?? ''),
    untrusted: item.untrusted,
    importance: item.importance ?? 0.5,
    at_ms: item.at ?? null,
    effect_key: item.effectKey ?? null,
    run_id: item.runId?.toString() ?? null,
    step_id: item.stepId?.toString() ?? null,
    expires_ms: item.expiresAt ?? null,
  };
}

async function addChunks(tx: PoolClient, projectId: string, rows: Row[]): Promise<void> {
  const chunks = rows.flatMap((row) =>
    chunk(row.text).map(({ ord, text, start, end }) => ({
      id: randomUUIDv7() as string,
      item_id: row.id,
      entity_id: row.entity_id,
      ord,
      text,
      start_at: start,
      end_at: end,
    })),
  );
  await tx.query(
    `insert into memory_chunk (id, item_id, project_id, entity_id, ord, text, start_at, end_at)
     select c.id, c.item_id, $1, c.entity_id, c.ord, c.text, c.start_at, c.end_at
       from jsonb_to_recordset($2::jsonb) as c(id uuid, item_id uuid, entity_id uuid, ord int, text text, start_at int, end_at int)`,
    [projectId, JSON.stringify(chunks)],
  );
}

async function idsByKey(tx: PoolClient, projectId: string, keys: (string | null)[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ key: string; id: string }>(
    'select effect_key as key, id from memory_item where effect_key = any($1) and project_id = $2',
    [keys, projectId],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

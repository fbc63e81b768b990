import { randomUUIDv7 } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { EntitiesCapability, EntityRecord } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { canonicalJson, type JsonObject } from '#nodes/core/json.ts';
import { inTransaction } from '#server/db/in-transaction.ts';
import { storable } from '#server/engine/storable.ts';
import { otherKey } from './entity-keys.ts';
import { restoreEntities } from './restore-entities.ts';
import type { StepScope } from './step-scope.ts';

type Row = { id: string; type: string; key: string; data: JsonObject; version: number; updatedAt: string };
type Upserted = Awaited<ReturnType<EntitiesCapability['upsert']>>;
type Wanted = { projectId: string; effectKey: string; type: string; key: string; data: JsonObject };

const columns = `id, type, key, data, version, (extract(epoch from updated_at) * 1000)::bigint as "updatedAt"`;

/** Entities of the step's project. */
export function createEntitiesCapability(step: StepScope): EntitiesCapability {
  let upserts = 0;
  return {
    find: (query) => findEntities(step.db, step.projectId, query),
    upsert: ({ type, key, data }) => {
      const effectKey = upserts === 0 ? step.key : `${step.key}:${upserts}`;
      upserts += 1;
      return upsertEntity(step.db, { projectId: step.projectId, effectKey, type, key, data });
    },
    restore: (what) => restoreEntities(step.db, step.projectId, what),
  };
}

/** Finds entities of a project; `where` names members and the values they must have. The newest come first. */
export async function findEntities(
  db: Pool,
  projectId: string,
  query: { type: string; key?: string; where?: JsonObject; limit: number },
): Promise<EntityRecord[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from entity
      where project_id = $1 and type = $2 and ($3::text is null or key = $3) and data @> $4::jsonb
      order by updated_at desc, id desc limit $5`,
    [projectId, query.type, query.key ?? null, storable(query.where ?? {}), Math.max(0, query.limit)],
  );
  return rows.map(record);
}

/**
 * Creates an entity or merges the members of `data` into it; members that `data` does not name stay. A change is
 * stored with its effect key: asking again with the same key answers that change and writes nothing.
 */
export async function upsertEntity(db: Pool, wanted: Wanted): Promise<Upserted> {
  if (wanted.key.trim() === '')
    throw new NodeError('INPUT_INVALID', `key is empty. Bind it to what names one ${wanted.type}, such as its id.`, {
      happened: 'no',
    });
  return await inTransaction(db, async (tx) => {
    const id = await insertNew(tx, wanted);
    if (id) return await created(tx, wanted, id);
    // The row's lock makes writers of one entity take turns; a change of this very step is visible after it.
    const row = await one(
      tx,
      `select ${columns} from entity where project_id = $1 and type = $2 and key = $3 for update`,
      [wanted.projectId, wanted.type, wanted.key],
    );
    return (await earlier(tx, wanted, row)) ?? (await merge(tx, wanted, row));
  });
}

async function insertNew(tx: PoolClient, { projectId, type, key, data }: Wanted): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into entity (id, project_id, type, key, data) values ($1, $2, $3, $4, $5::jsonb)
     on conflict (project_id, type, key) do nothing returning id`,
    [randomUUIDv7(), projectId, type, key, storable(data)],
  );
  return rows[0]?.id ?? null;
}

async function created(tx: PoolClient, wanted: Wanted, id: string): Promise<Upserted> {
  const changed = Object.keys(wanted.data);
  await writeChange(tx, { entityId: id, version: 1, previous: null, changed, effectKey: wanted.effectKey });
  const row = await one(tx, `select ${columns} from entity where id = $1`, [id]);
  return { entity: record(row), created: true, changed, previous: null };
}

/** The change that an earlier attempt of the same step made, with the entity as it left it. */
async function earlier(tx: PoolClient, wanted: Wanted, row: Row): Promise<Upserted | null> {
  const { rows } = await tx.query<{ version: number; previous: JsonObject | null; changed: string[] }>(
    'select version, previous, changed from entity_change where effect_key in ($1, $2) and entity_id = $3',
    [wanted.effectKey, otherKey(wanted.effectKey, row.id), row.id],
  );
  const change = rows[0];
  if (!change) return null;
  const data = change.version === row.version ? row.data : { ...change.previous, ...wanted.data };
  const entity = record({ ...row, version: change.version, data });
  return { entity, created: change.previous === null, changed: change.changed, previous: change.previous };
}

async function merge(tx: PoolClient, wanted: Wanted, row: Row): Promise<Upserted> {
  const changed = Object.keys(wanted.data).filter(
    (name) => !Object.hasOwn(row.data, name) || canonicalJson(row.data[name]) !== canonicalJson(wanted.data[name]),
  );
  if (changed.length === 0) return { entity: record(row), created: false, changed, previous: row.data };
  const version = row.version + 1;
  const { effectKey } = wanted;
  await writeChange(tx, { entityId: row.id, version, previous: row.data, changed, effectKey });
  const after = await one(
    tx,
    `update entity set data = data || $2::jsonb, version = $3, updated_at = now() where id = $1 returning ${columns}`,
    [row.id, storable(wanted.data), version],
  );
  return { entity: record(after), created: false, changed, previous: row.data };
}

type Change = {
  entityId: string;
  version: number;
  previous: JsonObject | null;
  changed: string[];
  effectKey: string;
};

async function writeChange(tx: PoolClient, change: Change): Promise<void> {
  const { entityId, version, previous, changed, effectKey } = change;
  for (const key of [effectKey, otherKey(effectKey, entityId)]) {
    const { rowCount } = await tx.query(
      `insert into entity_change (entity_id, version, previous, changed, effect_key)
       values ($1, $2, $3::jsonb, $4, $5) on conflict (effect_key) do nothing`,
      [entityId, version, previous && storable(previous), changed, key],
    );
    if (rowCount === 1) return;
  }
}

async function one(tx: PoolClient, sql: string, params: unknown[]): Promise<Row> {
  const { rows } = await tx.query<Row>(sql, params);
  if (!rows[0]) throw new NodeError('INTERNAL', 'The entity was removed while it was written.', { happened: 'no' });
  return rows[0];
}

function record({ updatedAt, ...row }: Row): EntityRecord {
  return { ...row, updatedAt: Number(updatedAt) };
}

import type { Pool, PoolClient } from 'pg';
import type { RestoredEntity } from '#nodes/core/capabilities.ts';
import { canonicalJson, type Json, type JsonObject } from '#nodes/core/json.ts';
import { inTransaction } from '#server/db/in-transaction.ts';
import { storable } from '#server/engine/storable.ts';
import { otherKey, undoKey } from './entity-keys.ts';

/** A change with the entity as it is now, and the data as that change left it. */
type Change = {
  effectKey: string;
  id: string;
  type: string;
  key: string;
  now: JsonObject;
  version: number;
  previous: JsonObject | null;
  changed: string[];
  written: JsonObject;
};

/**
 * Takes back what a step changed under an effect key: members that still have the value it wrote get the earlier one.
 * An entity that the step created is removed where it is as the step left it and nothing is remembered about it.
 */
export async function restoreEntities(
  db: Pool,
  projectId: string,
  { effectKey, entityId }: { effectKey: string; entityId?: string },
): Promise<RestoredEntity[]> {
  const keys = entityId ? [effectKey, otherKey(effectKey, entityId)] : [effectKey];
  return await inTransaction(db, async (tx) => {
    const restored: RestoredEntity[] = [];
    for (const key of keys) {
      const change = await lockChange(tx, projectId, key);
      if (change) restored.push((await earlier(tx, change)) ?? (await takeBack(tx, change)));
    }
    return restored;
  });
}

/** Locks the entity first, so that nobody changes it meanwhile, then reads. */
async function lockChange(tx: PoolClient, projectId: string, effectKey: string): Promise<Change | null> {
  const locked = await tx.query(
    `select e.id from entity e join entity_change c on c.entity_id = e.id
      where c.effect_key = $1 and e.project_id = $2 for update of e`,
    [effectKey, projectId],
  );
  if (locked.rowCount === 0) return null;
  const { rows } = await tx.query<Change>(
    `select c.effect_key as "effectKey", e.id, e.type, e.key, e.data as now, e.version, c.previous, c.changed,
            coalesce((select n.previous from entity_change n
                       where n.entity_id = e.id and n.version > c.version order by n.version limit 1), e.data) as written
       from entity_change c join entity e on e.id = c.entity_id where c.effect_key = $1`,
    [effectKey],
  );
  return rows[0] ?? null;
}

const told = ({ id, type, key }: Change): RestoredEntity => ({
  id,
  type,
  key,
  removed: false,
  keptBecause: null,
  restored: [],
  kept: [],
});

/** What an earlier attempt restored. */
async function earlier(tx: PoolClient, change: Change): Promise<RestoredEntity | null> {
  const { rows } = await tx.query<{ changed: string[] }>('select changed from entity_change where effect_key = $1', [
    undoKey(change.effectKey),
  ]);
  const restored = rows[0]?.changed;
  return restored
    ? { ...told(change), restored, kept: change.changed.filter((name) => !restored.includes(name)) }
    : null;
}

async function takeBack(tx: PoolClient, change: Change): Promise<RestoredEntity> {
  if (change.previous === null) return await removeCreated(tx, change);
  const untouched = (name: string): boolean => same(change.now[name], change.written[name]);
  const restored = change.changed.filter(untouched);
  const kept = change.changed.filter((name) => !untouched(name));
  if (restored.length > 0) await writeBack(tx, change, change.previous, restored);
  return { ...told(change), restored, kept };
}

async function writeBack(tx: PoolClient, change: Change, previous: JsonObject, names: string[]): Promise<void> {
  const version = change.version + 1;
  await tx.query(
    `insert into entity_change (entity_id, version, previous, changed, effect_key) values ($1, $2, $3::jsonb, $4, $5)`,
    [change.id, version, storable(change.now), names, undoKey(change.effectKey)],
  );
  const values = Object.fromEntries(
    names.filter((name) => Object.hasOwn(previous, name)).map((name) => [name, previous[name]!]),
  );
  await tx.query(
    'update entity set data = (data - $2::text[]) || $3::jsonb, version = $4, updated_at = now() where id = $1',
    [change.id, names, storable(values), version],
  );
}

async function removeCreated(tx: PoolClient, change: Change): Promise<RestoredEntity> {
  if (!same(change.now, change.written)) return { ...told(change), keptBecause: 'changed' };
  const { rowCount } = await tx.query('select from memory_item where entity_id = $1 limit 1', [change.id]);
  if (rowCount !== 0) return { ...told(change), keptBecause: 'remembered' };
  await tx.query('delete from entity where id = $1', [change.id]);
  return { ...told(change), removed: true };
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
}

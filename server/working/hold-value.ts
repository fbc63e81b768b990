import type { Pool } from 'pg';
import type { Json } from '#nodes/core/json.ts';
import { inTransaction } from '#server/db/in-transaction.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { type Owner, ownerKey } from './owner.ts';

export type Held = {
  projectId: string;
  owner: Owner;
  name: string;
  value: Json;
  ttlMs: number;
  runId?: string | null;
  entityId?: string | null;
  /** Who puts it there: a person, or a step of the run. */
  by?: string;
  step?: { id: string; state: string; path: string };
};
export type ValueType = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'nothing';

export const longestValueBytes = 64 * 1024;
export const mostOwnerBytes = 512 * 1024;
export const mostOwnerValues = 500;

/**
 * Puts a value at hand for a while, over the one of the same name: which must be of the same type, so that who reads it
 * is not surprised. Values whose time is over make room. Errors: TOO_LARGE, CONFLICT (another type).
 */
export async function holdValue(db: Pool, held: Held): Promise<{ expiresAt: number }> {
  const value = storable(held.value);
  const bytes = Buffer.byteLength(value);
  if (bytes > longestValueBytes)
    throw new AppError(
      'TOO_LARGE',
      `${held.name} has ${bytes} bytes; ${longestValueBytes} at most. Keep it in a file or as knowledge.`,
    );
  const owner = ownerKey(held.owner);
  const type = typeOf(held.value);
  const expiresAt = Date.now() + held.ttlMs;
  await inTransaction(db, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`working:${held.projectId}:${owner}`]);
    await tx.query('delete from working_value where project_id = $1 and owner = $2 and expires_at <= now()', [
      held.projectId,
      owner,
    ]);
    const { rows } = await tx.query<{ bytes: number; count: number; type: string | null }>(
      `select coalesce(sum(bytes) filter (where name <> $3), 0)::int as bytes, (count(*) filter (where name <> $3))::int as count,
              max(type) filter (where name = $3) as type from working_value where project_id = $1 and owner = $2`,
      [held.projectId, owner, held.name],
    );
    refuse(held.name, { bytes, type }, rows[0]);
    await tx.query(
      `insert into working_value (project_id, owner, name, type, value, bytes, run_id, entity_id, expires_at, set_by, step_id, state, path)
       values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, to_timestamp($9 / 1000.0), $10, $11, $12, $13)
       on conflict (project_id, owner, name) do update set type = excluded.type, value = excluded.value, bytes = excluded.bytes, run_id = excluded.run_id,
              entity_id = excluded.entity_id, expires_at = excluded.expires_at, updated_at = now(),
              set_by = excluded.set_by, step_id = excluded.step_id, state = excluded.state, path = excluded.path`,
      [
        ...[held.projectId, owner, held.name, type, value, bytes, held.runId ?? null, held.entityId ?? null, expiresAt],
        ...[held.by ?? null, held.step?.id ?? null, held.step?.state ?? null, held.step?.path ?? null],
      ],
    );
  });
  return { expiresAt };
}

type Room = { bytes: number; count: number; type: string | null };

function refuse(name: string, wanted: { bytes: number; type: ValueType }, room: Room | undefined): void {
  if (!room) return;
  if (room.type !== null && room.type !== wanted.type && room.type !== 'nothing' && wanted.type !== 'nothing')
    throw new AppError(
      'CONFLICT',
      `${name} is a ${room.type}; a ${wanted.type} cannot take its place. Clear it first, or use another name.`,
    );
  if (room.count >= mostOwnerValues)
    throw new AppError(
      'TOO_LARGE',
      `There are ${room.count} values at hand already; ${mostOwnerValues} at most. Clear some.`,
    );
  if (room.bytes + wanted.bytes > mostOwnerBytes)
    throw new AppError(
      'TOO_LARGE',
      `With ${name} the values at hand would take ${room.bytes + wanted.bytes} bytes; ${mostOwnerBytes} at most. Clear some.`,
    );
}

function typeOf(value: Json): ValueType {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'object';
  }
}

import type { Program } from '#nodes/core/program.ts';
import { query } from '#server/db/pool.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';

/** Keeps a program under its hash, once, and answers its id. A program is never changed. */
export async function storeProgram(program: Program): Promise<string> {
  await query('insert into program (hash, ir) values ($1, $2::jsonb) on conflict (hash) do nothing', [
    program.hash,
    storable(program),
  ]);
  return (await programByHash(program.hash)).id;
}

/** A stored program. Errors: INTERNAL where there is none of this hash. */
export async function programByHash(hash: string): Promise<{ id: string; program: Program }> {
  const [row] = await query<{ id: string; program: Program }>(
    'select id::text as id, ir as program from program where hash = $1',
    [hash],
  );
  if (!row) throw new AppError('INTERNAL', undefined, { cause: `Program ${hash} is not in the database.` });
  return row;
}
